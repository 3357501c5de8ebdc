using Granary.Trainer.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Learning;

/// <summary>What a learner is made of; it owns none of it.</summary>
internal sealed record LearnerParts
{
    /// <summary>The network, on <see cref="Device"/>: (N, C, H, W) float32 in, (N, classes) out.</summary>
    public required Module<Tensor, Tensor> Model { get; init; }

    /// <summary>The optimizer of its parameters.</summary>
    public required optim.Optimizer Optimizer { get; init; }

    /// <summary>The examples.</summary>
    public required TrainingData Data { get; init; }

    /// <summary>Where tensors live.</summary>
    public required Device Device { get; init; }

    /// <summary>Examples per batch over all ranks.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Batches per optimizer step, at least 1; an epoch's last step takes what is left.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>What training minimises: mean over the examples of logits (N, classes) and classes, int64 (N); a scalar.</summary>
    public Func<Tensor, Tensor, Tensor> Loss { get; init; } = (prediction, targets) => functional.cross_entropy(prediction, targets);

    /// <summary>Epochs of the whole run.</summary>
    public required int Epochs { get; init; }

    /// <summary>Seed of the examples' order.</summary>
    public required long Seed { get; init; }

    /// <summary>Learning rate by steps completed.</summary>
    public required Func<long, double> Schedule { get; init; }

    /// <summary>The ranks.</summary>
    public required IReduction Reduction { get; init; }

    /// <summary>What joins the loop, in any order.</summary>
    public required IReadOnlyList<Callback> Callbacks { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Batches of one epoch, the short last one counted.</summary>
    public int BatchesPerEpoch => (Data.Train.Count + BatchSize - 1) / BatchSize;

    /// <summary>Optimizer steps of one epoch.</summary>
    public int StepsPerEpoch => (BatchesPerEpoch + Accumulate - 1) / Accumulate;
}
