namespace Granary.Specs;

/// <summary>One training run with every choice made: what a worker receives, and what <c>granary train</c> runs.</summary>
public sealed record RunSpec
{
    /// <summary>The network; <see cref="ModelSpec.Name"/> is set.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The data set and how it is fed.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>The training options; <see cref="TrainSpec.LearningRate"/> or <see cref="TrainSpec.FindLearningRate"/> is set.</summary>
    public required TrainSpec Train { get; init; }

    /// <summary>How its ranks train together.</summary>
    public ParallelSpec Parallel { get; init; } = new();

    /// <summary>What the run is placed on.</summary>
    public required ResourcesSpec Resources { get; init; }

    /// <summary>The metric that decides which checkpoint is the best.</summary>
    public required ObjectiveSpec Objective { get; init; }
}
