namespace Granary.Trials;

/// <summary>Where a trial stands: <c>Queued -> Placed -> Starting -> Running -> (Paused | Checkpointing) -> Succeeded | Stopped | Failed</c>.</summary>
[GenerateSerializer, Alias("granary.TrialState")]
public enum TrialState
{
    /// <summary>Waits for devices.</summary>
    Queued = 1,

    /// <summary>Its gang has devices; the workers are being told.</summary>
    Placed = 2,

    /// <summary>Workers start and look for each other.</summary>
    Starting = 3,

    /// <summary>All ranks train.</summary>
    Running = 4,

    /// <summary>Holds no device, goes on when resumed.</summary>
    Paused = 5,

    /// <summary>Writes a checkpoint in order to pause or to move.</summary>
    Checkpointing = 6,

    /// <summary>Ran all its epochs. Terminal.</summary>
    Succeeded = 7,

    /// <summary>Ended early by the scheduler or by somebody; what it reported counts. Terminal.</summary>
    Stopped = 8,

    /// <summary>Its workers failed more often than its retries allow. Terminal.</summary>
    Failed = 9,
}
