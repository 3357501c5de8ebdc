using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// A fully connected layer: (N, features) in, (N, outputs) in the type of <see cref="FormattedLayer.Format"/> out. The library's
/// <c>Linear</c> with its first weights, but for the format.
/// </summary>
internal sealed class LinearLayer : FormattedLayer
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    /// <summary>A layer, float32 on the CPU.</summary>
    /// <param name="features">Numbers that go in.</param>
    /// <param name="outputs">Numbers that come out.</param>
    public LinearLayer(int features, int outputs)
        : base(nameof(Linear))
    {
        (Features, Outputs) = (features, outputs);
        Linear drawn = Linear(features, outputs);
        (_weight, _bias) = (drawn.weight, drawn.bias!);
        RegisterComponents();
    }

    /// <summary>Numbers that go in.</summary>
    public int Features { get; }

    /// <summary>Numbers that come out.</summary>
    public int Outputs { get; }

    /// <summary>The weights, float32 (outputs, features).</summary>
    public Parameter weight => _weight;

    /// <summary>The bias, float32 (outputs).</summary>
    public Parameter bias => _bias;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.linear(Format.Convert(input), Format.Convert(_weight), Format.Convert(_bias));
}
