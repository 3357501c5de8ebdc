using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Insight;

/// <summary>A layer or block whose output is watched.</summary>
/// <param name="Name">Its dotted name in the network.</param>
/// <param name="Kind">The name of its kind.</param>
/// <param name="Module">The module.</param>
/// <param name="Parameters">Places of its parameters, and of all beneath it, in <see cref="WatchedLayers.Parameters"/>.</param>
/// <param name="NeverNegative">Its outputs cannot be below 0, whatever comes in.</param>
internal sealed record WatchedLayer(
    string Name, string Kind, Module<Tensor, Tensor> Module, IReadOnlyList<int> Parameters, bool NeverNegative);
