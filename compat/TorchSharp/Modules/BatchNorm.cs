using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalizes each channel over the batch.</summary>
public abstract class BatchNorm : NormBase
{
    internal BatchNorm(string name, NormOptions options)
        : base(name, options)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Normalize(input);
}
