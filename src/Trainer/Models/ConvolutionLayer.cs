using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// A convolution with a square kernel: (N, C, H, W) in, (N, outputs, H', W') in the type of <see cref="FormattedLayer.Format"/> out. The
/// library's <c>Conv2d</c> with its first weights, but for the format.
/// </summary>
internal sealed class ConvolutionLayer : FormattedLayer
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter? _bias;

    private readonly long[] _strides;
    private readonly long[] _padding;

    /// <summary>A convolution, float32 on the CPU.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="kernel">Height and width of the kernels.</param>
    /// <param name="stride">Places per step.</param>
    /// <param name="padding">Zeros on each side.</param>
    /// <param name="groups">Into how many parts the channels fall.</param>
    /// <param name="bias">Whether there is a bias.</param>
    public ConvolutionLayer(int channels, int outputs, int kernel, int stride = 1, int padding = 0, int groups = 1, bool bias = true)
        : base(nameof(Conv2d))
    {
        (Channels, Outputs, Kernel, Stride, Groups) = (channels, outputs, kernel, stride, groups);
        (_strides, _padding) = ([stride, stride], [padding, padding]);
        Conv2d drawn = Conv2d(channels, outputs, kernel, stride: stride, padding: padding, groups: groups, bias: bias);
        (_weight, _bias) = (drawn.weight, drawn.bias);
        RegisterComponents();
    }

    /// <summary>Channels of the input.</summary>
    public int Channels { get; }

    /// <summary>Channels of the result.</summary>
    public int Outputs { get; }

    /// <summary>Height and width of the kernels.</summary>
    public int Kernel { get; }

    /// <summary>Places per step.</summary>
    public int Stride { get; }

    /// <summary>Into how many parts the channels fall.</summary>
    public int Groups { get; }

    /// <summary>The kernels, float32 (outputs, channels / groups, kernel, kernel), row by row.</summary>
    public Parameter weight => _weight;

    /// <summary>The bias, float32 (outputs), or null.</summary>
    public Parameter? bias => _bias;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.conv2d(
        Format.Convert(input), Format.Convert(_weight), _bias is null ? null : Format.Convert(_bias), _strides, _padding, groups: Groups);
}
