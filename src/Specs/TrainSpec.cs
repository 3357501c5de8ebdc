namespace Granary.Specs;

/// <summary>How a network is trained.</summary>
public sealed record TrainSpec
{
    /// <summary>A name of <see cref="ModelCatalog"/>; null in a sweep whose space holds <c>model</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Passes over the training examples, 1 to 10,000.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The optimizer: <c>sgd</c>.</summary>
    public string Optimizer { get; init; } = "sgd";

    /// <summary>Learning rate (the peak of <c>one-cycle</c>), above 0 and at most 100; null in a sweep whose space holds <c>lr</c>.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Momentum of SGD, in [0, 1).</summary>
    public double Momentum { get; init; }

    /// <summary>L2 penalty, in [0, 1].</summary>
    public double WeightDecay { get; init; }

    /// <summary>Learning-rate schedule: <c>constant</c> or <c>one-cycle</c>.</summary>
    public string Schedule { get; init; } = "constant";

    /// <summary>Seed of initialisation, shuffling and dropout.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Activation statistics are taken every this many steps, 1 to 100,000; 0: never.</summary>
    public int WatchEvery { get; init; } = 20;
}
