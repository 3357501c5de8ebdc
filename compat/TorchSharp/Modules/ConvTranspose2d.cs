using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>The transpose of a convolution along two axes: (N, in, H, W) to (N, out, H', W').</summary>
    public sealed class ConvTranspose2d : ConvolutionTranspose
    {
        internal ConvTranspose2d(ConvolutionShape shape, bool bias, PaddingModes paddingMode, Device? device, ScalarType? dtype)
            : base(nameof(ConvTranspose2d), shape, bias, paddingMode, device, dtype)
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input, long[]? output_size) =>
            F.conv_transpose2d(input, weight, bias, stride, padding, OutputPadding(input, output_size), dilation, groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The transpose of a convolution along two axes.</summary>
            /// <param name="in_channels">Channels of the input.</param>
            /// <param name="out_channels">Channels of the result.</param>
            /// <param name="kernel_size">The kernel's size.</param>
            /// <param name="stride">Places per step.</param>
            /// <param name="padding">Places cut from each side.</param>
            /// <param name="output_padding">Places added to one side.</param>
            /// <param name="dilation">Places between the kernel's elements.</param>
            /// <param name="padding_mode">Zeros only.</param>
            /// <param name="groups">Into how many parts the channels fall.</param>
            /// <param name="bias">Whether there is a bias.</param>
            /// <param name="device">The device of the parameters.</param>
            /// <param name="dtype">The type of the parameters.</param>
            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                ConvTranspose2d(
                    in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding),
                    (output_padding, output_padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            /// <inheritdoc cref="ConvTranspose2d(long, long, long, long, long, long, long, PaddingModes, long, bool, Device?, ScalarType?)"/>
            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    new ConvolutionShape(
                        in_channels, out_channels, List(kernel_size), List(stride ?? (1, 1)), List(padding ?? (0, 0)),
                        List(dilation ?? (1, 1)), groups)
                    {
                        Transposed = true,
                        OutputPadding = List(output_padding ?? (0, 0)),
                    },
                    bias, padding_mode, device, dtype);
        }
    }
}
