using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>
/// The moves of a gang that goes on from its memory: a lost rank gets another worker, and all form the next ring. Rank 0 cannot be
/// replaced: it alone has the reports, the watched layers and the statistics that are not synchronised.
/// </summary>
internal static class RegroupMoves
{
    // Exit codes of a worker that had no more to do, or wrote a checkpoint and left: nothing was lost.
    private static readonly int[] InOrder = [0, 75];

    /// <summary>true: another worker may take the place of the one that ended.</summary>
    public static bool CanReplace(TrialMachineState state, RankExit exit) =>
        state.Plan.Reform > TimeSpan.Zero
        && state.Draining == DrainCause.None
        && exit.Rank.Rank > 0
        && (state.IsTogether ? state.Ring < TrialMachine.RingLimit : state.Ring > 0)
        && (exit.NodeLost || !InOrder.Contains(exit.ExitCode))
        && GangMoves.Verdict(Count(state, exit)) is null;

    /// <summary>A worker ended that can be replaced.</summary>
    public static TrialStep Lost(TrialMachineState state, TrialEvent.RankExited happened, TrialEffect release)
    {
        int rank = happened.Exit.Rank.Rank;
        GangRank gone = state.Gang[rank];
        // Where some still look for the others, they look for the new one too; where all had met, that ring is broken, known or not.
        string why = Moves.Clip($"{GangMoves.Describe(state, happened.Exit)}; another worker takes its place");
        TrialMachineState after = Count(state, happened.Exit) with
        {
            Reason = why,
            Ring = state.IsTogether ? state.Ring + 1 : state.Ring,
            Gang = GangMoves.With(state, rank, gone with { Endpoint = null, Exited = true, Lost = happened.Exit.NodeLost }),
        };
        TrialEffect replace = TrialEffect.ReplaceRank(state.Attempt, rank, gone.Start + 1);
        return Moves.Change(state, after, happened, [release, replace], why);
    }

    /// <summary>A worker listens for a ring after the one that the gang was in.</summary>
    public static TrialStep Broken(TrialMachineState state, TrialEvent.Joined happened)
    {
        (RankId id, string endpoint, int ring, string lost) = happened.Arrival;
        if (ring != state.Ring + 1 || !state.IsTogether || state.Plan.Reform == TimeSpan.Zero)
        {
            string stands = state.IsTogether ? "is in" : "forms";
            string what = $"Rank {id.Rank} listens for ring {ring}; the gang {stands} ring {state.Ring}.";
            throw InvalidTransitionException.For(state, happened, what);
        }

        string why = Moves.Clip($"rank {id.Rank} found the ring broken: {lost}");
        if (ring > TrialMachine.RingLimit)
            return GangMoves.GiveUp(state, happened, $"the ring broke {ring} times; the last time {why}");
        GangRank[] gang = GangMoves.With(state, id.Rank, state.Gang[id.Rank] with { Endpoint = endpoint, Ring = ring });
        return Moves.Change(state, state with { Ring = ring, Gang = gang, Reason = why }, happened, [], why);
    }

    /// <summary>true: the gang waits for that worker's device.</summary>
    public static bool Awaits(TrialMachineState state, int attempt, int rank, int start) =>
        attempt == state.Attempt && state.Draining == DrainCause.None && rank < state.Gang.Count
        && state.Gang[rank] is { Exited: true } gone && gone.Start + 1 == start;

    /// <summary>The pool has a device for a lost rank's new worker.</summary>
    public static TrialStep Replaced(TrialMachineState state, TrialEvent.Replaced happened)
    {
        (int attempt, int rank, int start) = (happened.Rank.Attempt.Attempt, happened.Rank.Rank, happened.Rank.Start);
        if (Awaits(state, attempt, rank, start))
        {
            var member = new GangRank(happened.Device, null, Exited: false, Lost: false) { Start = start };
            TrialMachineState after = state with { Gang = GangMoves.With(state, rank, member) };
            return Moves.Change(state, after, happened, [TrialEffect.StartRank(attempt, rank, start)], $"rank {rank} on {happened.Device}");
        }

        bool told = attempt == state.Attempt && rank < state.Gang.Count
            && state.Gang[rank] is { Exited: false } there && there.Start == start && there.Device == happened.Device;
        return told ? Moves.Stay(state) : Moves.Stay(state, TrialEffect.ReleaseRank(attempt, rank, start));
    }

    /// <summary>
    /// Half of the time has gone by: whoever has not answered is frozen, and is replaced. After the second half the gang gives up.
    /// </summary>
    public static TrialStep Expired(TrialMachineState state, TrialEvent.RegroupExpired happened)
    {
        if (happened.Attempt != state.Attempt || happened.Ring != state.Ring || !state.IsRegrouping)
            return Moves.Stay(state);
        if (state.Urged == state.Ring)
            return GangMoves.GiveUp(state, happened, $"the ranks did not come together again: {Missing(state)} did not join");
        int[] silent = Enumerable.Range(1, state.Gang.Count - 1)
            .Where(rank => state.Gang[rank] is { Exited: false, Endpoint: not null } member && member.Ring < state.Ring)
            .ToArray();
        string why = silent.Length == 0 ? "" : $"rank {string.Join(", ", silent)} does not answer and is ended";
        TrialEffect[] stops = silent.Select(rank => TrialEffect.StopRank(state.Attempt, rank, state.Gang[rank].Start)).ToArray();
        return Moves.Change(state, state with { Urged = state.Ring }, happened, stops, why);
    }

    private static TrialMachineState Count(TrialMachineState state, RankExit exit) => exit.NodeLost
        ? state with { Losses = state.Losses + 1 }
        : state with { Failures = state.Failures + 1 };

    private static string Missing(TrialMachineState state)
    {
        IEnumerable<(int Index, GangRank Item)> missing = state.Gang.Index().Where(member => !member.Item.IsIn(state.Ring));
        return string.Join(", ", missing.Select(member => $"rank {member.Index} on {member.Item.Device}"));
    }
}
