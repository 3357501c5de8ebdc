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

    /// <summary>Bytes of the gradients that a step sums over the ranks.</summary>
    public const string ReduceBytes = "reduce-bytes";

    /// <summary>Those bytes over the time in which sums were under way on rank 0, per second.</summary>
    public const string ReduceBandwidth = "reduce-bandwidth";

    /// <summary>Share of that time in which backward ran beside the sums, in [0, 1].</summary>
    public const string OverlapShare = "overlap-share";

    /// <summary>The rank that the others waited for most in an epoch.</summary>
    public const string SlowestRank = "slowest-rank";

    /// <summary>Share of the other ranks' time that they waited for it, in [0, 1].</summary>
    public const string WaitShare = "wait-share";

    /// <summary>Seconds that a rank spent on a phase of the step before: <c>rank-1-forward-seconds</c>.</summary>
    /// <param name="rank">The rank.</param>
    /// <param name="phase">load, forward, backward, reduce or wait.</param>
    public static string OfRank(int rank, string phase) => $"rank-{rank}-{phase}-seconds";

    /// <summary>Learning rate that the finder chose, in runs that have it chosen (<c>lr: auto</c>).</summary>
    public const string FoundLearningRate = "found-learning-rate";
}
