using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>The moves of what people and the sweep wish: create, take up again, pause, resume, stop.</summary>
internal static class WishMoves
{
    public static TrialStep Created(TrialMachineState state, TrialEvent.Created happened) => Moves.Stay(state);

    public static TrialStep Revived(TrialMachineState state, TrialEvent.Revived happened)
    {
        var effects = new List<TrialEffect>();
        if (state.IsWaiting)
            effects.Add(TrialEffect.RequestGang(state.Requested));
        foreach (int rank in Enumerable.Range(0, state.Gang.Count).Where(rank => state.Gang[rank].Exited))
        {
            int start = state.Gang[rank].Start;
            effects.Add(TrialEffect.ReleaseRank(state.Attempt, rank, start));
            if (RegroupMoves.Awaits(state, state.Attempt, rank, start + 1))
                effects.Add(TrialEffect.ReplaceRank(state.Attempt, rank, start + 1));
        }

        effects.AddRange(Moves.ForEachLeft(state, (attempt, rank, start) => Reminder(state, rank)(attempt, rank, start)));
        effects.Add(TrialEffect.TellSweep);
        return Moves.Stay(state, effects.ToArray());
    }

    public static TrialStep PauseQueued(TrialMachineState state, TrialEvent.PauseAsked happened) => Moves.Change(
        state, state with { State = TrialState.Paused }, happened, state.IsWaiting ? [TrialEffect.ReleaseGang(state.Requested)] : []);

    // Nothing is trained yet, so there is nothing to keep.
    public static TrialStep PauseBeforeStart(TrialMachineState state, TrialEvent.PauseAsked happened) => Moves.Change(
        state,
        state with { State = TrialState.Checkpointing, Draining = DrainCause.Asked, Urgent = true },
        happened,
        Moves.ForEachLeft(state, TrialEffect.StopRank));

    // Ranks that look for each other cannot write a checkpoint together: the last one it is.
    public static TrialStep PauseRunning(TrialMachineState state, TrialEvent.PauseAsked happened) => Moves.Change(
        state,
        state with { State = TrialState.Checkpointing, Draining = DrainCause.Asked, Urgent = state.IsRegrouping },
        happened,
        Moves.ForEachLeft(state, state.IsRegrouping ? TrialEffect.StopRank : TrialEffect.CheckpointRank));

    public static TrialStep Resume(TrialMachineState state, TrialEvent.ResumeAsked happened)
    {
        TrialMachineState queued = state with { State = TrialState.Queued };
        if (state.Gang.Count > 0)
            return Moves.Change(state, queued, happened);
        int attempt = state.Requested + 1;
        return Moves.Change(state, queued with { Requested = attempt }, happened, TrialEffect.RequestGang(attempt));
    }

    public static TrialStep Stop(TrialMachineState state, TrialEvent.StopAsked happened)
    {
        string why = Moves.Clip(happened.Why);
        TrialMachineState stopped = state with
        {
            State = TrialState.Stopped,
            Reason = why,
            Draining = state.Gang.Count > 0 ? DrainCause.Asked : DrainCause.None,
            Urgent = state.Gang.Count > 0,
        };
        IEnumerable<TrialEffect> effects = state.IsWaiting
            ? [TrialEffect.ReleaseGang(state.Requested)]
            : Moves.ForEachLeft(state, TrialEffect.StopRank);
        return Moves.Change(state, stopped, happened, effects, why);
    }

    private static Func<int, int, int, TrialEffect> Reminder(TrialMachineState state, int rank)
    {
        if (state.Urgent)
            return TrialEffect.StopRank;
        // A node that has been told already does nothing more.
        if (state.State == TrialState.Placed || (state.Gang[rank] is { Start: > 0, Endpoint: null } && state.Draining == DrainCause.None))
            return TrialEffect.StartRank;
        return state.Draining != DrainCause.None && !state.IsFinished ? TrialEffect.CheckpointRank : TrialEffect.WatchRank;
    }
}
