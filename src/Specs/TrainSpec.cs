namespace Granary.Specs;

/// <summary>How a network is trained.</summary>
public sealed record TrainSpec
{
    /// <summary>Passes over the training examples, 1 to 10,000.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The optimizer: <c>sgd</c>, <c>adam</c>, <c>adamw</c> or <c>rmsprop</c>.</summary>
    public string Optimizer { get; init; } = "sgd";

    /// <summary>
    /// Learning rate (the peak of <c>one-cycle</c>), above 0 and at most 100; null in a sweep whose space holds <c>lr</c>, and with
    /// <see cref="FindLearningRate"/> until it has been found.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary><c>lr: auto</c>: the learning-rate finder chooses it before training starts.</summary>
    public bool FindLearningRate { get; init; }

    /// <summary>Momentum of SGD and RMSprop, in [0, 1).</summary>
    public double Momentum { get; init; }

    /// <summary>SGD with Nesterov's momentum; needs a <see cref="Momentum"/> above 0.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Decay of Adam's first moment, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of Adam's second moment, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>RMSprop's smoothing of squared gradients, in [0, 1).</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>What keeps Adam's and RMSprop's divisor from zero, above 0 and at most 1.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>L2 penalty (decoupled with <c>adamw</c>), in [0, 1].</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// How first weights are drawn: <c>default</c> (the network's own), <c>xavier-uniform</c>, <c>xavier-normal</c>,
    /// <c>kaiming-uniform</c> or <c>kaiming-normal</c>.
    /// </summary>
    public string Init { get; init; } = "default";

    /// <summary>Share of the target spread over all classes, in [0, 1).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Greatest L2 norm of all gradients together; null: not clipped.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Batches whose gradients are averaged before one optimizer step, 1 to 1,024.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>
    /// <c>fp32</c>, or <c>bf16</c>: convolutions and linear layers compute in bfloat16; weights, gradients and statistics stay in float32.
    /// </summary>
    public string Precision { get; init; } = "fp32";

    /// <summary>
    /// Convolutions compute on pictures whose channels lie side by side in memory; null (<c>auto</c>): as is best for the network and the device.
    /// </summary>
    public bool? ChannelsLast { get; init; }

    /// <summary>Decay per step of the exponential moving average of weights, in [0, 1); null: none is kept. Validation and export use the average.</summary>
    public double? Ema { get; init; }

    /// <summary>
    /// Learning-rate schedule: <c>constant</c>, <c>step</c>, <c>cosine</c>, <c>cosine-restarts</c>, <c>plateau</c> or <c>one-cycle</c>.
    /// </summary>
    public string Schedule { get; init; } = "constant";

    /// <summary>Epochs over which the learning rate rises from 0 in front of the schedule, 0 to 1,000; fractions are allowed.</summary>
    public double WarmUp { get; init; }

    /// <summary>Epochs between two falls of <c>step</c>, 1 to 10,000.</summary>
    public int StepEpochs { get; init; } = 10;

    /// <summary>What <c>step</c> and <c>plateau</c> multiply the learning rate by, above 0 and below 1.</summary>
    public double Gamma { get; init; } = 0.1;

    /// <summary>The learning rate that <c>cosine</c>, <c>cosine-restarts</c> and <c>plateau</c> end at, in [0, 100].</summary>
    public double MinLearningRate { get; init; }

    /// <summary>Epochs of the first period of <c>cosine-restarts</c>, 1 to 10,000.</summary>
    public int RestartEpochs { get; init; } = 10;

    /// <summary>How much longer each period of <c>cosine-restarts</c> is than the one before, 1 to 10.</summary>
    public int RestartFactor { get; init; } = 1;

    /// <summary>Epochs without a better objective before <c>plateau</c> lowers the learning rate, 0 to 10,000.</summary>
    public int Patience { get; init; } = 3;

    /// <summary>Epochs without a better objective before training ends, 1 to 10,000; null: never early.</summary>
    public int? EarlyStop { get; init; }

    /// <summary>Best checkpoints that are kept besides the last, 1 to 100.</summary>
    public int Keep { get; init; } = 1;

    /// <summary>Seed of initialisation, shuffling, augmentation and dropout.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Activation statistics are taken every this many steps, 1 to 100,000; 0: never.</summary>
    public int WatchEvery { get; init; } = 50;
}
