using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>The mean of each window of (N, C, H, W).</summary>
    public sealed class AvgPool2d : nn.Module<Tensor, Tensor>
    {
        internal AvgPool2d(long[] kernel_size, long[] stride, long[] padding, bool ceil_mode, bool count_include_pad, long? divisor_override)
            : base(nameof(AvgPool2d))
        {
            this.kernel_size = kernel_size;
            this.stride = stride;
            this.padding = padding;
            this.ceil_mode = ceil_mode;
            this.count_include_pad = count_include_pad;
            this.divisor_override = divisor_override;
        }

        /// <summary>The window.</summary>
        public long[] kernel_size { get; set; }

        /// <summary>Places per step.</summary>
        public long[] stride { get; set; }

        /// <summary>Zeros on each side.</summary>
        public long[] padding { get; set; }

        /// <summary>Whether a window that reaches beyond the border counts.</summary>
        public bool ceil_mode { get; set; }

        /// <summary>Whether the zeros of the padding count.</summary>
        public bool count_include_pad { get; set; }

        /// <summary>What to divide by instead of the window's size.</summary>
        public long? divisor_override { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => F.avg_pool2d(
            input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The mean of each window of (N, C, H, W).</summary>
            public static AvgPool2d AvgPool2d(
                long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                new([kernel_size], [stride ?? kernel_size], [padding ?? 0], ceil_mode, count_include_pad, divisor_override);

            /// <summary>The mean of each window of (N, C, H, W).</summary>
            public static AvgPool2d AvgPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                new(
                    List(kernel_size), List(stride ?? kernel_size), List(padding ?? (0, 0)), ceil_mode, count_include_pad, divisor_override);
        }
    }
}
