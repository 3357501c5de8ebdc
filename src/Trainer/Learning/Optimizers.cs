using Granary.Specs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Learning;

/// <summary>The optimizers that a sweep file may name.</summary>
internal static class Optimizers
{
    private static readonly Dictionary<string, Func<TrainSpec, IEnumerable<Parameter>, optim.Optimizer>> ByName = new()
    {
        ["sgd"] = (train, parameters) => optim.SGD(
            parameters, train.LearningRate!.Value, momentum: train.Momentum, weight_decay: train.WeightDecay, nesterov: train.Nesterov),
        ["adam"] = (train, parameters) => optim.Adam(
            parameters, train.LearningRate!.Value, train.Beta1, train.Beta2, train.Epsilon, train.WeightDecay),
        ["adamw"] = (train, parameters) => optim.AdamW(
            parameters, train.LearningRate!.Value, train.Beta1, train.Beta2, train.Epsilon, train.WeightDecay),
        ["rmsprop"] = (train, parameters) => optim.RMSProp(
            parameters, train.LearningRate!.Value, train.Alpha, train.Epsilon, train.WeightDecay, train.Momentum),
    };

    /// <summary>The optimizer of a run.</summary>
    /// <param name="train">The run's training options, with a learning rate.</param>
    /// <param name="parameters">The network's, already on their device; it moves those that require a gradient.</param>
    /// <exception cref="ArgumentException">There is no such optimizer.</exception>
    public static optim.Optimizer Create(TrainSpec train, IEnumerable<Parameter> parameters) =>
        ByName.TryGetValue(train.Optimizer, out var create)
            ? create(train, parameters.Where(parameter => parameter.requires_grad))
            : throw new ArgumentException($"There is no optimizer '{train.Optimizer}'; expected one of {string.Join(", ", ByName.Keys)}.");
}
