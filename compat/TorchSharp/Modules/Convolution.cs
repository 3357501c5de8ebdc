using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules;

/// <summary>What convolutions have in common. Weights begin Kaiming-uniform with a = sqrt(5), the bias uniform within 1 / sqrt(fan-in).</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private Parameter _weight;

    [ComponentName(Name = "bias")]
    private Parameter? _bias;

    internal Convolution(string name, ConvolutionShape shape, bool bias, PaddingModes paddingMode, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (shape.Transposed && paddingMode != PaddingModes.Zeros)
            throw new ArgumentException("A transposed convolution pads with zeros only.", nameof(paddingMode));
        (in_channels, out_channels, groups, transposed) = (shape.In, shape.Out, shape.Groups, shape.Transposed);
        (kernel_size, stride, padding, dilation, output_padding) =
            (shape.Kernel, shape.Stride, shape.Padding, shape.Dilation, shape.OutputPadding);
        padding_type = shape.PaddingType;
        padding_mode = paddingMode;
        long[] sizes = transposed ? [in_channels, out_channels / groups, .. kernel_size] : [out_channels, in_channels / groups, .. kernel_size];
        _weight = (Parameter)nn.Parameter(empty(sizes, dtype, device)).DetachFromDisposeScope();
        if (bias) _bias = (Parameter)nn.Parameter(empty([out_channels], dtype, device)).DetachFromDisposeScope();
        reset_parameters();
        RegisterComponents();
    }

    /// <summary>The kernels: (out, in / groups, ...), transposed (in, out / groups, ...).</summary>
    public Parameter weight
    {
        get => _weight;
        set => Replace("weight", _weight = (Parameter)value.DetachFromDisposeScope());
    }

    /// <summary>The bias, (out), or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => Replace("bias", _bias = (Parameter?)value?.DetachFromDisposeScope());
    }

    /// <summary>Channels of the input.</summary>
    public long in_channels { get; }

    /// <summary>Channels of the result.</summary>
    public long out_channels { get; }

    /// <summary>Whether the convolution is transposed.</summary>
    public bool transposed { get; }

    /// <summary>The rule for padding, or null.</summary>
    public Padding? padding_type { get; private set; }

    /// <summary>Places on each side, per axis.</summary>
    public long[]? padding { get; private set; }

    /// <summary>What lies beyond the border.</summary>
    public PaddingModes padding_mode { get; set; }

    /// <summary>Into how many parts the channels fall.</summary>
    public long groups { get; set; }

    /// <summary>The kernel's size, per axis.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>Places per step, per axis.</summary>
    public long[] stride { get; set; }

    /// <summary>Places between the kernel's elements, per axis.</summary>
    public long[] dilation { get; set; }

    /// <summary>Places added to one side of a transposed convolution, per axis.</summary>
    public long[] output_padding { get; set; }

    /// <summary>Draws the weights and the bias anew.</summary>
    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(_weight, Math.Sqrt(5));
        if (_bias is null) return;
        (long fanIn, _) = nn.init.CalculateFanInAndFanOut(_weight);
        double bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        nn.init.uniform_(_bias, -bound, bound);
    }

    // Padding other than zeros is applied before; the last axis comes first in its list.
    private protected Tensor Pad(Tensor input)
    {
        long[] places = padding_type == Padding.Same
            ? [.. dilation.Zip(kernel_size, (d, k) => d * (k - 1)).Reverse().SelectMany(total => (long[])[total / 2, total - (total / 2)])]
            : [.. padding!.Reverse().SelectMany(places => (long[])[places, places])];
        return F.pad(input, places, padding_mode);
    }
}
