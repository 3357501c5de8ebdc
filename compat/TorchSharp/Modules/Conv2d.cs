using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>A convolution along two axes: (N, in, H, W) to (N, out, H', W').</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(ConvolutionShape shape, bool bias, PaddingModes paddingMode, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), shape, bias, paddingMode, device, dtype)
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            if (padding_mode != PaddingModes.Zeros)
            {
                using Tensor padded = Pad(input);
                return F.conv2d(padded, weight, bias, stride, null, dilation, groups);
            }

            if (padding_type == Padding.Same) return F.conv2d_padding(input, weight, bias, stride, Padding.Same, dilation, groups);
            return F.conv2d(input, weight, bias, stride, padding, dilation, groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A convolution along two axes.</summary>
            /// <param name="in_channels">Channels of the input.</param>
            /// <param name="out_channels">Channels of the result.</param>
            /// <param name="kernel_size">The kernel's size.</param>
            /// <param name="stride">Places per step.</param>
            /// <param name="padding">Places on each side.</param>
            /// <param name="dilation">Places between the kernel's elements.</param>
            /// <param name="padding_mode">What lies beyond the border.</param>
            /// <param name="groups">Into how many parts the channels fall.</param>
            /// <param name="bias">Whether there is a bias.</param>
            /// <param name="device">The device of the parameters.</param>
            /// <param name="dtype">The type of the parameters.</param>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                Conv2d(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation),
                    padding_mode, groups, bias, device, dtype);

            /// <inheritdoc cref="Conv2d(long, long, long, long, long, long, PaddingModes, long, bool, Device?, ScalarType?)"/>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    new ConvolutionShape(
                        in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1)), List(padding ?? (0, 0)),
                        List(dilation ?? (1, 1)), groups),
                    bias, padding_mode, device, dtype);

            /// <inheritdoc cref="Conv2d(long, long, long, long, long, long, PaddingModes, long, bool, Device?, ScalarType?)"/>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                Conv2d(
                    in_channels, out_channels, (kernel_size, kernel_size), padding, (stride, stride), (dilation, dilation), padding_mode,
                    groups, bias, device, dtype);

            /// <inheritdoc cref="Conv2d(long, long, long, long, long, long, PaddingModes, long, bool, Device?, ScalarType?)"/>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    new ConvolutionShape(
                        in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1)), [0, 0], List(dilation ?? (1, 1)), groups)
                    {
                        PaddingType = padding,
                    },
                    bias, padding_mode, device, dtype);

            internal static long[] List((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}
