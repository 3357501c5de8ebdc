using Granary.Pools;
using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>Something that happened to a trial. The nested types are all there are.</summary>
/// <param name="At">When; the machine has no clock of its own.</param>
public abstract record TrialEvent(DateTimeOffset At)
{
    /// <summary>What it is called in the transition table: the name of its type.</summary>
    public TrialEventKind Kind => Enum.Parse<TrialEventKind>(GetType().Name);

    /// <summary>The trial is created once more.</summary>
    /// <param name="At">When.</param>
    public sealed record Created(DateTimeOffset At) : TrialEvent(At);

    /// <summary>The trial is taken up again after a restart.</summary>
    /// <param name="At">When.</param>
    public sealed record Revived(DateTimeOffset At) : TrialEvent(At);

    /// <summary>The pool has placed a gang.</summary>
    /// <param name="At">When.</param>
    /// <param name="Placement">Devices, one per rank.</param>
    /// <param name="Secret">Drawn for this attempt; used when the placement is new.</param>
    public sealed record Placed(DateTimeOffset At, Placement Placement, string Secret) : TrialEvent(At);

    /// <summary>Every node has taken the command to start its ranks.</summary>
    /// <param name="At">When.</param>
    /// <param name="Attempt">The attempt that starts.</param>
    public sealed record Launched(DateTimeOffset At, int Attempt) : TrialEvent(At);

    /// <summary>A worker tells where it listens.</summary>
    /// <param name="At">When.</param>
    /// <param name="Arrival">The worker, and for which of the attempt's rings it listens.</param>
    public sealed record Joined(DateTimeOffset At, RankArrival Arrival) : TrialEvent(At);

    /// <summary>The pool has a device for the worker that takes a lost one's place.</summary>
    /// <param name="At">When.</param>
    /// <param name="Rank">The new worker.</param>
    /// <param name="Device">Its device.</param>
    public sealed record Replaced(DateTimeOffset At, RankId Rank, DeviceId Device) : TrialEvent(At);

    /// <summary>
    /// Half of the time in which the ranks must be together again has gone by, counted from the ring's break or from the last such event.
    /// </summary>
    /// <param name="At">When.</param>
    /// <param name="Attempt">Their attempt.</param>
    /// <param name="Ring">The ring that they are to form.</param>
    public sealed record RegroupExpired(DateTimeOffset At, int Attempt, int Ring) : TrialEvent(At);

    /// <summary>An epoch has ended.</summary>
    /// <param name="At">When.</param>
    /// <param name="Report">The report.</param>
    /// <param name="Verdict">What the sweep's scheduler says; used when the report is new.</param>
    public sealed record EpochEnded(DateTimeOffset At, EpochReport Report, EpochDirective Verdict) : TrialEvent(At);

    /// <summary>A checkpoint taken between epochs is stored.</summary>
    /// <param name="At">When.</param>
    /// <param name="Attempt">The attempt that speaks.</param>
    /// <param name="Checkpoint">The checkpoint.</param>
    public sealed record CheckpointStored(DateTimeOffset At, int Attempt, CheckpointRef Checkpoint) : TrialEvent(At);

    /// <summary>A worker has ended, or its node is lost.</summary>
    /// <param name="At">When.</param>
    /// <param name="Exit">How it ended.</param>
    public sealed record RankExited(DateTimeOffset At, RankExit Exit) : TrialEvent(At);

    /// <summary>The trial shall give its devices back and wait.</summary>
    /// <param name="At">When.</param>
    public sealed record PauseAsked(DateTimeOffset At) : TrialEvent(At);

    /// <summary>The trial shall go on.</summary>
    /// <param name="At">When.</param>
    public sealed record ResumeAsked(DateTimeOffset At) : TrialEvent(At);

    /// <summary>The trial shall end.</summary>
    /// <param name="At">When.</param>
    /// <param name="Why">Why, in words.</param>
    public sealed record StopAsked(DateTimeOffset At, string Why) : TrialEvent(At);

    /// <summary>Ranks that should have left by now are still there.</summary>
    /// <param name="At">When.</param>
    /// <param name="Attempt">Their attempt.</param>
    public sealed record DrainExpired(DateTimeOffset At, int Attempt) : TrialEvent(At);
}
