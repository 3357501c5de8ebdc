namespace Granary.Grains.Trials;

/// <summary>What a <see cref="TrialEffect"/> does.</summary>
[GenerateSerializer, Alias("granary.TrialEffectKind")]
public enum TrialEffectKind
{
    /// <summary>The sweep hears how the trial stands.</summary>
    TellSweep = 1,

    /// <summary>The pool is asked for devices.</summary>
    RequestGang = 2,

    /// <summary>The pool gets a request back, or all devices of an attempt.</summary>
    ReleaseGang = 3,

    /// <summary>The pool gets one rank's device back.</summary>
    ReleaseRank = 4,

    /// <summary>A node starts a worker.</summary>
    StartRank = 5,

    /// <summary>A node is asked about a worker.</summary>
    WatchRank = 6,

    /// <summary>A worker writes a checkpoint and leaves.</summary>
    CheckpointRank = 7,

    /// <summary>A worker ends now.</summary>
    StopRank = 8,

    /// <summary>The pool is asked for the device of a worker that takes a lost one's place.</summary>
    ReplaceRank = 9,
}
