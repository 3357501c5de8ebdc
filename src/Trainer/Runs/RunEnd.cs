namespace Granary.Trainer.Runs;

/// <summary>How a run ended.</summary>
internal enum RunEnd
{
    /// <summary>All epochs are done.</summary>
    Finished = 0,

    /// <summary>It left a checkpoint and goes on later.</summary>
    Paused = 1,

    /// <summary>The observer answered <see cref="EpochDecision.Stop"/>.</summary>
    StoppedByScheduler = 2,

    /// <summary>Training itself failed, and would again: the loss is not finite. Errors of the surroundings are thrown instead.</summary>
    Failed = 3,

    /// <summary>The objective got no better for as many epochs as the run's <c>early-stop</c> allows; it counts like a finished one.</summary>
    StoppedEarly = 4,
}
