namespace Granary.Trainer.Runs;

/// <summary>Names of the metrics in step and epoch reports; the wire and the dashboard use them as they are.</summary>
internal static class MetricNames
{
    /// <summary>Mean loss over training examples.</summary>
    public const string TrainLoss = "train-loss";

    /// <summary>Share of training examples classified rightly, in [0, 1].</summary>
    public const string TrainAccuracy = "train-accuracy";

    /// <summary>Mean loss over the whole validation set.</summary>
    public const string ValidLoss = "valid-loss";

    /// <summary>Share of the whole validation set classified rightly, in [0, 1].</summary>
    public const string ValidAccuracy = "valid-accuracy";

    /// <summary>Training examples per second, over all ranks, validation and checkpoints not counted.</summary>
    public const string ExamplesPerSecond = "examples-per-second";

    /// <summary>Wall time of the epoch in seconds, validation counted, checkpoints not.</summary>
    public const string Seconds = "seconds";

    /// <summary>Learning rate of the (last) step.</summary>
    public const string LearningRate = "learning-rate";

    /// <summary>Learning rate that the finder chose, in runs that have it chosen (<c>lr: auto</c>).</summary>
    public const string FoundLearningRate = "found-learning-rate";
}
