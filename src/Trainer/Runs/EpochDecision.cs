namespace Granary.Trainer.Runs;

/// <summary>How a run goes on after an epoch.</summary>
internal enum EpochDecision
{
    /// <summary>With the next epoch.</summary>
    Continue = 0,

    /// <summary>Later, from the epoch's checkpoint.</summary>
    Pause = 1,

    /// <summary>Not at all: the scheduler has judged it.</summary>
    Stop = 2,
}
