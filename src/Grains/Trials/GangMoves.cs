using System.Globalization;
using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>The moves of a gang: it is placed, starts, joins, and leaves rank by rank.</summary>
internal static class GangMoves
{
    // The exit code of a worker that has written a checkpoint and left: EX_TEMPFAIL of sysexits.h, "try again".
    private const int LeftWithCheckpoint = 75;

    public static TrialStep Placed(TrialMachineState state, TrialEvent.Placed happened)
    {
        int attempt = happened.Placement.Attempt.Attempt;
        if (attempt > state.Requested)
            throw InvalidTransitionException.For(state, happened, $"Nobody asked for attempt {attempt}; the last asked for is {state.Requested}.");
        if (attempt == state.Attempt && state.Gang.Count > 0)
            return Moves.Stay(state);
        if (!state.IsWaiting || attempt != state.Requested || attempt == state.Attempt)
            return Moves.Stay(state, TrialEffect.ReleaseGang(attempt));

        int count = happened.Placement.Devices.Count;
        if (count < state.Plan.Devices.Min || count > state.Plan.Devices.Max)
            throw InvalidTransitionException.For(state, happened, $"It asked for {state.Plan.Devices.Min} to {state.Plan.Devices.Max} devices and got {count}.");
        TrialMachineState placed = state with
        {
            State = TrialState.Placed,
            Attempt = attempt,
            Gang = happened.Placement.Devices.Select(device => new GangRank(device, null, Exited: false, Lost: false)).ToArray(),
            Ring = 0,
            Urged = 0,
            Secret = happened.Secret,
            Draining = DrainCause.None,
            Urgent = false,
            Started = state.Started ?? happened.At,
        };
        return Moves.Change(state, placed, happened, Moves.ForEachLeft(placed, TrialEffect.StartRank), $"on {string.Join(", ", happened.Placement.Devices)}");
    }

    public static TrialStep Launched(TrialMachineState state, TrialEvent.Launched happened) => happened.Attempt == state.Attempt
        ? Moves.Change(state, state with { State = TrialState.Starting }, happened)
        : Moves.Stay(state);

    public static TrialStep Joined(TrialMachineState state, TrialEvent.Joined happened)
    {
        (RankId id, string endpoint, int ring, _) = happened.Arrival;
        if (id.Attempt.Attempt != state.Attempt)
            return Moves.Refuse(state, id.Attempt.Attempt);
        GangRank member = Member(state, id.Rank, happened);
        if (member.Exited || member.Start != id.Start)
            return new TrialStep(state, []) { Refusal = $"Another worker takes the place of {id}; it must end." };
        // Whoever still looks for the first ring has nothing in memory to go on from; anybody else learns the ring that is formed by now.
        if (ring == 0 && state.Ring > 0)
            return GiveUp(state, happened, $"rank {id.Rank} had not begun when another was lost: {state.Reason}");
        if (ring < state.Ring)
            return Moves.Stay(state);
        if (ring > state.Ring)
            return RegroupMoves.Broken(state, happened);
        if (member.IsIn(ring) && member.Endpoint == endpoint)
            return Moves.Stay(state);
        if (member.IsIn(ring))
        {
            throw InvalidTransitionException.For(
                state, happened, $"Rank {id.Rank} has joined from {member.Endpoint}; now another worker at {endpoint} claims to be it.");
        }

        TrialMachineState joined = state with { Gang = With(state, id.Rank, member with { Endpoint = endpoint, Ring = ring }) };
        bool running = joined.IsTogether || ring > 0;
        return Moves.Change(
            state,
            joined with
            {
                State = running ? TrialState.Running : TrialState.Starting,
                Reason = joined.IsTogether && ring > 0 ? "" : joined.Reason,
            },
            happened);
    }

    public static TrialStep RankExited(TrialMachineState state, TrialEvent.RankExited happened)
    {
        int attempt = happened.Exit.Rank.Attempt.Attempt;
        int rank = happened.Exit.Rank.Rank;
        TrialEffect release = TrialEffect.ReleaseRank(attempt, rank, happened.Exit.Rank.Start);
        if (attempt != state.Attempt || state.Gang.Count == 0)
            return Moves.Stay(state, release);
        GangRank member = Member(state, rank, happened);
        if (member.Exited || member.Start != happened.Exit.Rank.Start)
            return Moves.Stay(state, release);
        if (RegroupMoves.CanReplace(state, happened.Exit))
            return RegroupMoves.Lost(state, happened, release);

        TrialMachineState left = state with { Gang = With(state, rank, member with { Exited = true, Lost = happened.Exit.NodeLost }) };
        (TrialMachineState draining, IEnumerable<TrialEffect> stops, string why) = left.Draining == DrainCause.None
            ? Break(left, happened.Exit)
            : (Reconsider(left, happened.Exit), [], "");
        TrialMachineState settled = draining.Gang.All(one => one.Exited) ? Settle(draining) : draining;
        // The pool may still look for a device in a lost rank's place.
        IEnumerable<TrialEffect> withdraw = settled.Gang.Count == 0 && state.Ring > 0 ? [TrialEffect.ReleaseGang(attempt)] : [];
        IEnumerable<TrialEffect> request = settled.Requested > state.Requested ? [TrialEffect.RequestGang(settled.Requested)] : [];
        return Moves.Change(state, settled, happened, [release, .. stops, .. withdraw, .. request], why);
    }

    public static TrialStep DrainExpired(TrialMachineState state, TrialEvent.DrainExpired happened)
    {
        if (happened.Attempt != state.Attempt || state.Draining == DrainCause.None || state.Gang.Count == 0)
            return Moves.Stay(state);
        if (state.Urgent)
            return Moves.Stay(state, Moves.ForEachLeft(state, TrialEffect.StopRank).ToArray());
        return Moves.Change(
            state, state with { Urgent = true }, happened, Moves.ForEachLeft(state, TrialEffect.StopRank), "workers did not leave in time; they are ended");
    }

    /// <summary>The gang ends, and the trial goes back to its last checkpoint.</summary>
    public static TrialStep GiveUp(TrialMachineState state, TrialEvent happened, string why)
    {
        TrialMachineState broken = state with
        {
            State = TrialState.Queued,
            Draining = DrainCause.Lost,
            Urgent = true,
            Reason = Moves.Clip(why),
        };
        return Moves.Change(state, broken, happened, Moves.ForEachLeft(broken, TrialEffect.StopRank), why);
    }

    // A rank that is not replaced takes the attempt with it: the others can do nothing without it.
    private static (TrialMachineState, IEnumerable<TrialEffect>, string) Break(TrialMachineState state, RankExit exit)
    {
        bool leaves = !exit.NodeLost && exit.ExitCode == LeftWithCheckpoint;
        string why = Moves.Clip(Describe(state, exit));
        TrialMachineState broken = state with
        {
            State = TrialState.Queued,
            Draining = exit.NodeLost || leaves ? DrainCause.Lost : DrainCause.Failed,
            Urgent = !leaves,
            Reason = why,
        };
        return (broken, Moves.ForEachLeft(broken, leaves ? TrialEffect.CheckpointRank : TrialEffect.StopRank), why);
    }

    // Ranks notice a lost peer within seconds and fail, long before its node counts as lost: the loss is the cause, not the failure.
    private static TrialMachineState Reconsider(TrialMachineState state, RankExit exit) =>
        exit.NodeLost && state.Draining == DrainCause.Failed
            ? state with { Draining = DrainCause.Lost, Reason = Moves.Clip($"{Describe(state, exit)}; before that: {state.Reason}") }
            : state;

    private static TrialMachineState Settle(TrialMachineState state)
    {
        TrialMachineState empty = state with
        {
            Gang = [],
            Ring = 0,
            Urged = 0,
            Secret = "",
            Draining = DrainCause.None,
            Urgent = false,
            Failures = state.Failures + (state.Draining == DrainCause.Failed ? 1 : 0),
            Losses = state.Losses + (state.Draining == DrainCause.Lost ? 1 : 0),
        };
        if (state.State is TrialState.Queued or TrialState.Paused && Verdict(empty) is string end)
            return empty with { State = TrialState.Failed, Reason = Moves.Clip(end) };
        return state.State switch
        {
            TrialState.Queued => empty with { Requested = empty.Requested + 1 },
            TrialState.Checkpointing => empty with { State = TrialState.Paused },
            _ => empty,
        };
    }

    /// <summary>Why the trial fails instead of going on, in words; null when it may go on.</summary>
    public static string? Verdict(TrialMachineState state)
    {
        if (state.Failures > state.Plan.Retries)
            return state.Plan.Retries == 0 ? state.Reason : $"failed {state.Failures} times ({state.Plan.Retries} retries); the last time: {state.Reason}";
        return state.Failures + state.Losses >= TrialMachine.AttemptLimit
            ? $"gave up after {state.Failures} failed and {state.Losses} lost attempts; the last time: {state.Reason}"
            : null;
    }

    /// <summary>How a worker ended, in words.</summary>
    public static string Describe(TrialMachineState state, RankExit exit)
    {
        string worker = $"rank {exit.Rank.Rank} on {state.Gang[exit.Rank.Rank].Device}";
        if (exit.NodeLost)
            return $"{worker} was lost: {(exit.Error.Length > 0 ? exit.Error : "its node did not answer")}";
        return exit.ExitCode switch
        {
            LeftWithCheckpoint => $"{worker} left with a checkpoint",
            0 => $"{worker} left before its last epoch",
            _ => string.Create(CultureInfo.InvariantCulture, $"{worker} failed with exit code {exit.ExitCode}{Cause(exit.Error)}"),
        };
    }

    // A worker ends its standard error with the cause in one line; what stands before it is for its log.
    private static string Cause(string error) => error.Trim().Split('\n')[^1] is { Length: > 0 } last ? $": {last}" : "";

    /// <summary>The rank that an event is about.</summary>
    public static GangRank Member(TrialMachineState state, int rank, TrialEvent happened) => rank >= 0 && rank < state.Gang.Count
        ? state.Gang[rank]
        : throw InvalidTransitionException.For(state, happened, $"Rank {rank} does not exist; the gang has {state.Gang.Count} ranks.");

    /// <summary>The gang with one rank changed.</summary>
    public static GangRank[] With(TrialMachineState state, int rank, GangRank member)
    {
        GangRank[] gang = state.Gang.ToArray();
        gang[rank] = member;
        return gang;
    }
}
