namespace Granary.Sweeps;

/// <summary>Where a sweep stands.</summary>
[GenerateSerializer, Alias("granary.SweepState")]
public enum SweepState
{
    /// <summary>Trials run or wait for devices.</summary>
    Running = 1,

    /// <summary>No trial runs until it is resumed.</summary>
    Paused = 2,

    /// <summary>Every trial has ended and at least one gave a result. Terminal.</summary>
    Succeeded = 3,

    /// <summary>Somebody stopped it. Terminal.</summary>
    Stopped = 4,

    /// <summary>Every trial has ended and none gave a result. Terminal.</summary>
    Failed = 5,
}
