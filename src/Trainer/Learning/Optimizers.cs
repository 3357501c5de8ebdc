using Granary.Specs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Learning;

/// <summary>The optimizers that a sweep file may name.</summary>
internal static class Optimizers
{
    private static readonly Dictionary<string, Func<TrainSpec, IEnumerable<Parameter>, optim.Optimizer>> ByName = new()
    {
        ["sgd"] = (train, parameters) =>
            optim.SGD(parameters, train.LearningRate!.Value, momentum: train.Momentum, weight_decay: train.WeightDecay),
    };

    /// <summary>The optimizer of a run.</summary>
    /// <param name="train">The run's training options, with a learning rate.</param>
    /// <param name="parameters">What it moves, already on their device.</param>
    /// <exception cref="ArgumentException">There is no such optimizer.</exception>
    public static optim.Optimizer Create(TrainSpec train, IEnumerable<Parameter> parameters) =>
        ByName.TryGetValue(train.Optimizer, out var create)
            ? create(train, parameters)
            : throw new ArgumentException($"There is no optimizer '{train.Optimizer}'; expected one of {string.Join(", ", ByName.Keys)}.");
}
