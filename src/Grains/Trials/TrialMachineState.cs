using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>Everything that a trial's next decision depends on. Immutable; changed by <see cref="TrialMachine"/> alone.</summary>
[GenerateSerializer, Immutable, Alias("granary.TrialMachineState")]
public sealed record TrialMachineState
{
    /// <summary>What the trial is made from.</summary>
    [Id(0)] public required TrialDefinition Definition { get; init; }

    /// <summary>What the machine needs of the run.</summary>
    [Id(1)] public required TrialPlan Plan { get; init; }

    /// <summary>Where the trial stands.</summary>
    [Id(2)] public required TrialState State { get; init; }

    /// <summary>Counts every change.</summary>
    [Id(3)] public required long Version { get; init; }

    /// <summary>The newest attempt that was asked devices for; a number is never asked for twice, so that a late placement is recognised.</summary>
    [Id(4)] public int Requested { get; init; }

    /// <summary>The newest attempt that got devices; 0 before the first.</summary>
    [Id(5)] public int Attempt { get; init; }

    /// <summary>The ranks of <see cref="Attempt"/>, in order; empty once all of them have ended.</summary>
    [Id(6)] public IReadOnlyList<GangRank> Gang { get; init; } = [];

    /// <summary>Known to the ranks of <see cref="Attempt"/> alone.</summary>
    [Id(7)] public string Secret { get; init; } = "";

    /// <summary>Why the gang's remaining ranks are leaving.</summary>
    [Id(8)] public DrainCause Draining { get; init; }

    /// <summary>The remaining ranks must end now: asking for a checkpoint was not enough, or not wanted.</summary>
    [Id(9)] public bool Urgent { get; init; }

    /// <summary>Attempts whose worker failed.</summary>
    [Id(10)] public int Failures { get; init; }

    /// <summary>Attempts whose node was lost or left.</summary>
    [Id(11)] public int Losses { get; init; }

    /// <summary>Every epoch report so far, in order of epoch.</summary>
    [Id(12)] public IReadOnlyList<EpochRecord> History { get; init; } = [];

    /// <summary>The best value of the objective so far; null before the first that is a number.</summary>
    [Id(13)] public double? Best { get; init; }

    /// <summary>The epoch that reached it.</summary>
    [Id(14)] public int BestEpoch { get; init; }

    /// <summary>The checkpoint of that epoch.</summary>
    [Id(15)] public CheckpointRef? BestCheckpoint { get; init; }

    /// <summary>The newest checkpoint.</summary>
    [Id(16)] public CheckpointRef? LastCheckpoint { get; init; }

    /// <summary>Why it stopped or failed, why its last attempt ended, or why its ranks form their ring again; empty otherwise.</summary>
    [Id(17)] public string Reason { get; init; } = "";

    /// <summary>When its first attempt ran; null before.</summary>
    [Id(18)] public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null before.</summary>
    [Id(19)] public DateTimeOffset? Finished { get; init; }

    /// <summary>The last changes of <see cref="State"/>, oldest first, at most <see cref="TrialMachine.JournalLimit"/>.</summary>
    [Id(20)] public IReadOnlyList<JournalEntry> Journal { get; init; } = [];

    /// <summary>
    /// Counts the rings of <see cref="Attempt"/>, from 0: the one that its ranks are in, or are to form. Another follows a lost rank.
    /// </summary>
    [Id(21)] public int Ring { get; init; }

    /// <summary>The ring for which half of the time has gone by; 0: for none.</summary>
    [Id(22)] public int Urged { get; init; }

    /// <summary>Epochs completed.</summary>
    public int EpochsDone => History.Count == 0 ? 0 : History[^1].Result.Epoch;

    /// <summary>The trial has ended; only its gang may still be leaving.</summary>
    public bool IsFinished => State is TrialState.Succeeded or TrialState.Stopped or TrialState.Failed;

    /// <summary>Every rank listens for the ring: the gang is together.</summary>
    public bool IsTogether => Gang.Count > 0 && Gang.All(rank => rank.IsIn(Ring));

    /// <summary>The ring broke, and its ranks are to form another; one of them may have to be replaced first.</summary>
    public bool IsRegrouping => Ring > 0 && Draining == DrainCause.None && Gang.Count > 0 && !IsTogether;

    /// <summary>The trial waits in the pool's queue: it is queued and no rank of an earlier attempt holds a device.</summary>
    public bool IsWaiting => State == TrialState.Queued && Gang.Count == 0;
}
