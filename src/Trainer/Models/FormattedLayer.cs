using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>A layer that computes in a <see cref="ComputeFormat"/>.</summary>
/// <param name="name">The layer's kind, the library's name for it.</param>
internal abstract class FormattedLayer(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>How it computes; plain until its network says otherwise.</summary>
    public ComputeFormat Format { get; set; } = ComputeFormat.Plain;
}
