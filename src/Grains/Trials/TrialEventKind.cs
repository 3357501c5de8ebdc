namespace Granary.Grains.Trials;

/// <summary>The kinds of <see cref="TrialEvent"/>, one per nested type of it.</summary>
public enum TrialEventKind
{
    /// <summary><see cref="TrialEvent.Created"/>.</summary>
    Created = 1,

    /// <summary><see cref="TrialEvent.Revived"/>.</summary>
    Revived,

    /// <summary><see cref="TrialEvent.Placed"/>.</summary>
    Placed,

    /// <summary><see cref="TrialEvent.Launched"/>.</summary>
    Launched,

    /// <summary><see cref="TrialEvent.Joined"/>.</summary>
    Joined,

    /// <summary><see cref="TrialEvent.EpochEnded"/>.</summary>
    EpochEnded,

    /// <summary><see cref="TrialEvent.CheckpointStored"/>.</summary>
    CheckpointStored,

    /// <summary><see cref="TrialEvent.RankExited"/>.</summary>
    RankExited,

    /// <summary><see cref="TrialEvent.PauseAsked"/>.</summary>
    PauseAsked,

    /// <summary><see cref="TrialEvent.ResumeAsked"/>.</summary>
    ResumeAsked,

    /// <summary><see cref="TrialEvent.StopAsked"/>.</summary>
    StopAsked,

    /// <summary><see cref="TrialEvent.DrainExpired"/>.</summary>
    DrainExpired,

    /// <summary><see cref="TrialEvent.Replaced"/>.</summary>
    Replaced,

    /// <summary><see cref="TrialEvent.RegroupExpired"/>.</summary>
    RegroupExpired,
}
