using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>The moves of what rank 0 reports: epochs and checkpoints.</summary>
internal static class ReportMoves
{
    private static readonly EpochDirective Continue = new(EpochAction.Continue, "");

    public static TrialStep EpochEnded(TrialMachineState state, TrialEvent.EpochEnded happened)
    {
        int attempt = happened.Report.Attempt.Attempt;
        if (!IsHeard(state, attempt))
            return Moves.Refuse(state, attempt);
        int epoch = happened.Report.Result.Epoch;
        if (epoch >= 1 && epoch <= state.EpochsDone)
            return new TrialStep(state, []) { Directive = Recorded(state, epoch) };
        if (epoch != state.EpochsDone + 1)
            throw InvalidTransitionException.For(state, happened, $"Epoch {state.EpochsDone + 1} was expected, epoch {epoch} was reported.");

        EpochDirective directive = Decide(state, happened);
        TrialMachineState recorded = Record(state, happened.Report, directive);
        TrialMachineState after = IsLast(state, happened.Report)
            ? recorded with { State = TrialState.Succeeded, Draining = DrainCause.Asked, Reason = "" }
            : directive.Action switch
            {
                EpochAction.Stop => recorded with { State = TrialState.Stopped, Draining = DrainCause.Asked, Reason = Moves.Clip(directive.Reason) },
                EpochAction.Pause when state.Draining == DrainCause.None => recorded with { State = TrialState.Checkpointing, Draining = DrainCause.Asked },
                EpochAction.Pause => recorded,
                _ => recorded with { State = TrialState.Running },
            };
        return Moves.Change(state, after, happened, [], after.State == state.State ? "" : directive.Reason) with { Directive = directive };
    }

    // The trial may have been stopped while the report was under way, or the answer to its last report was lost.
    public static TrialStep EpochAfterEnd(TrialMachineState state, TrialEvent.EpochEnded happened)
    {
        int attempt = happened.Report.Attempt.Attempt;
        if (attempt != state.Attempt)
            return Moves.Refuse(state, attempt);
        bool repeated = state.State == TrialState.Succeeded && happened.Report.Result.Epoch is int epoch && epoch >= 1 && epoch <= state.EpochsDone;
        return new TrialStep(state, [])
        {
            Directive = repeated
                ? Recorded(state, happened.Report.Result.Epoch)
                : new EpochDirective(EpochAction.Stop, state.Reason.Length > 0 ? state.Reason : $"The trial is {state.State}."),
        };
    }

    public static TrialStep CheckpointStored(TrialMachineState state, TrialEvent.CheckpointStored happened)
    {
        if (!IsHeard(state, happened.Attempt))
            return Moves.Refuse(state, happened.Attempt);
        return state.LastCheckpoint is CheckpointRef last && last.Step >= happened.Checkpoint.Step
            ? Moves.Stay(state)
            : Moves.Change(state, state with { LastCheckpoint = happened.Checkpoint }, happened);
    }

    // A gang that was asked to leave may still report what it had nearly finished; one that has broken may not.
    private static bool IsHeard(TrialMachineState state, int attempt) =>
        attempt == state.Attempt && state.Gang.Count > 0 && !state.Gang[0].Exited && state.Draining is (DrainCause.None or DrainCause.Asked);

    private static bool IsLast(TrialMachineState state, EpochReport report) => report.Last || report.Result.Epoch >= state.Plan.Epochs;

    private static EpochDirective Decide(TrialMachineState state, TrialEvent.EpochEnded happened)
    {
        if (IsLast(state, happened.Report))
            return Continue;
        return state.Draining == DrainCause.Asked && happened.Verdict.Action != EpochAction.Stop
            ? new EpochDirective(EpochAction.Pause, "The trial is being paused.")
            : happened.Verdict;
    }

    // A pause was meant for the attempt that reported the epoch; a later one that reports it again has been resumed since.
    private static EpochDirective Recorded(TrialMachineState state, int epoch)
    {
        EpochRecord record = state.History.First(entry => entry.Result.Epoch >= epoch);
        if (state.Draining == DrainCause.Asked && !state.IsFinished)
            return new EpochDirective(EpochAction.Pause, "The trial is being paused.");
        return record.Directive.Action == EpochAction.Pause ? Continue : record.Directive;
    }

    private static TrialMachineState Record(TrialMachineState state, EpochReport report, EpochDirective directive)
    {
        TrialMachineState recorded = state with
        {
            History = state.History.Append(new EpochRecord(report.Attempt.Attempt, report.Result, directive)).ToArray(),
            LastCheckpoint = report.Checkpoint,
        };
        if (!report.Result.Metrics.TryGetValue(state.Plan.Metric, out double value) || double.IsNaN(value))
            return recorded;
        bool better = state.Best is not double best || (state.Plan.Maximize ? value > best : value < best);
        return better ? recorded with { Best = value, BestEpoch = report.Result.Epoch, BestCheckpoint = report.Checkpoint } : recorded;
    }
}
