using Granary.Grains.Scheduling;
using Granary.Grains.Search;
using Granary.Specs;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Grains.Sweeps;

/// <summary>A sweep's decisions as pure steps over its ledger.</summary>
internal static class SweepLedger
{
    /// <summary>The first trials of a sweep: when all of them fail without an epoch, the rest would too.</summary>
    public const int BreakerTrials = 5;

    private const int LeastWindow = 4;
    private const int WidestWindow = 64;

    /// <summary>Asks the search for as many trials as keep the pool busy, so that a long sweep is not laid out at once.</summary>
    public static SweepGrainState Fill(SweepGrainState state, SweepPlan plan, int devices, DateTimeOffset at)
    {
        int window = Math.Clamp(2 * devices, LeastWindow, WidestWindow);
        int room = window - state.Trials.Count(trial => !trial.IsFinished);
        if (state.State != SweepState.Running || room <= 0 || state.Trials.Count >= plan.PlannedTrials)
            return state;

        SearchObservation[] history = state.Trials
            .Select(trial => new SearchObservation(trial.Snapshot.Definition.Parameters, trial.Snapshot.Best, trial.IsFinished))
            .ToArray();
        IReadOnlyList<SearchPoint> points = plan.Search.Propose(new SearchRequest(plan.Spec.Search, history, room));
        return points.Count == 0
            ? state
            : state with { Trials = state.Trials.Concat(points.Select(point => Make(plan, point, at))).ToArray() };
    }

    /// <summary>A trial has changed; an older or repeated telling changes nothing.</summary>
    public static SweepGrainState TrialChanged(SweepGrainState state, SweepPlan plan, TrialSnapshot told, DateTimeOffset at)
    {
        int number = told.Definition.Id.Number;
        if (number < 1 || number > state.Trials.Count || state.Trials[number - 1].Snapshot.Version >= told.Version)
            return state;
        SweepTrial[] trials = state.Trials.ToArray();
        SweepTrial changed = trials[number - 1] with { Snapshot = told };
        trials[number - 1] = changed.IsFinished ? changed with { Owed = TrialCommand.None } : changed;
        return Conclude(Break(state with { Trials = trials }, plan, at), plan, at);
    }

    /// <summary>Judges a trial after an epoch, and remembers the judgement where trials are compared.</summary>
    public static (SweepGrainState, EpochDirective) Judge(SweepGrainState state, SweepPlan plan, RungReport report)
    {
        if (state.IsFinished)
            return (state, new EpochDirective(EpochAction.Stop, state.Reason.Length > 0 ? state.Reason : $"The sweep is {state.State}."));

        EpochDirective verdict;
        if (plan.Scheduler.IsRung(report.Epoch))
        {
            if (state.Rungs.FirstOrDefault(rung => rung.Report.Trial == report.Trial && rung.Report.Epoch == report.Epoch) is RungVerdict known)
                return (state, Paused(state, known.Directive));
            RungReport[] earlier = state.Rungs.Where(rung => rung.Report.Epoch == report.Epoch).Select(rung => rung.Report).ToArray();
            verdict = plan.Scheduler.Judge(report, earlier);
            state = state with { Rungs = state.Rungs.Append(new RungVerdict(report, verdict)).ToArray() };
        }
        else
        {
            verdict = plan.Scheduler.Judge(report, []);
        }

        return (state, Paused(state, verdict));
    }

    public static SweepGrainState Pause(SweepGrainState state) => state.State == SweepState.Running
        ? Owe(state with { State = SweepState.Paused }, TrialCommand.Pause)
        : state;

    public static SweepGrainState Resume(SweepGrainState state) => state.State == SweepState.Paused
        ? Owe(state with { State = SweepState.Running }, TrialCommand.Resume)
        : state;

    public static SweepGrainState Stop(SweepGrainState state, string reason, DateTimeOffset at) => state.IsFinished
        ? state
        : End(state, SweepState.Stopped, reason, at);

    /// <summary>A trial has been told what it was owed.</summary>
    public static SweepGrainState Paid(SweepGrainState state, int number, TrialCommand command)
    {
        SweepTrial trial = state.Trials[number - 1];
        if (command == TrialCommand.None || trial.Owed != command)
            return state;
        SweepTrial[] trials = state.Trials.ToArray();
        trials[number - 1] = trial with { Owed = TrialCommand.None };
        return state with { Trials = trials };
    }

    /// <summary>Ends the sweep with its verdict when nothing can follow.</summary>
    public static SweepGrainState Conclude(SweepGrainState state, SweepPlan plan, DateTimeOffset at)
    {
        if (state.IsFinished || state.Trials.Count < plan.PlannedTrials || state.Trials.Any(trial => !trial.IsFinished))
            return state;
        bool any = state.Trials.Any(trial => trial.Snapshot.EpochsDone > 0);
        string reason = any ? "" : $"no trial gave a result; the first: {state.Trials[0].Snapshot.Reason}";
        return state with { State = any ? SweepState.Succeeded : SweepState.Failed, Reason = reason, Finished = at };
    }

    private static SweepGrainState Break(SweepGrainState state, SweepPlan plan, DateTimeOffset at)
    {
        if (state.IsFinished || plan.PlannedTrials <= BreakerTrials || state.Trials.Count < BreakerTrials)
            return state;
        bool hopeless = state.Trials.Take(BreakerTrials).All(trial => trial.Snapshot is { State: TrialState.Failed, EpochsDone: 0 });
        return hopeless
            ? End(state, SweepState.Failed, $"the first {BreakerTrials} trials failed without an epoch; the first: {state.Trials[0].Snapshot.Reason}", at)
            : state;
    }

    private static SweepGrainState End(SweepGrainState state, SweepState end, string reason, DateTimeOffset at) =>
        Owe(state with { State = end, Reason = reason, Finished = at }, TrialCommand.Stop);

    private static SweepGrainState Owe(SweepGrainState state, TrialCommand command) => state with
    {
        Trials = state.Trials.Select(trial => trial.IsFinished ? trial : trial with { Owed = command }).ToArray(),
    };

    private static EpochDirective Paused(SweepGrainState state, EpochDirective verdict) =>
        state.State == SweepState.Paused && verdict.Action == EpochAction.Continue
            ? new EpochDirective(EpochAction.Pause, "The sweep is paused.")
            : verdict;

    private static SweepTrial Make(SweepPlan plan, SearchPoint point, DateTimeOffset at)
    {
        RunSpec run = RunResolver.Resolve(plan.Spec, point.Parameters);
        var id = new TrialId(plan.Definition.Id, point.Number);
        var snapshot = new TrialSnapshot
        {
            Definition = new TrialDefinition(id, point.Parameters, RunSpecJson.Write(run), at),
            State = TrialState.Queued,
            Version = 0,
            Epochs = run.Train.Epochs,
            Model = run.Model.Name ?? "",
        };
        return new SweepTrial(snapshot, TrialCommand.Create);
    }
}
