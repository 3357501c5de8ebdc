using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>The greatest element of each window of (N, C, H, W).</summary>
    public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
    {
        internal MaxPool2d(long[] kernel_size, long[] stride, long[] padding, long[] dilation, bool ceil_mode)
            : base(nameof(MaxPool2d))
        {
            this.kernel_size = kernel_size;
            this.stride = stride;
            this.padding = padding;
            this.dilation = dilation;
            this.ceil_mode = ceil_mode;
        }

        /// <summary>The window.</summary>
        public long[] kernel_size { get; set; }

        /// <summary>Places per step.</summary>
        public long[] stride { get; set; }

        /// <summary>Places on each side.</summary>
        public long[] padding { get; set; }

        /// <summary>Places between the window's elements.</summary>
        public long[] dilation { get; set; }

        /// <summary>Whether a window that reaches beyond the border counts.</summary>
        public bool ceil_mode { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => F.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>The greatest elements and their places in the plane.</summary>
        public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
            F.max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The greatest element of each window of (N, C, H, W).</summary>
            public static MaxPool2d MaxPool2d(
                long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                new([kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            /// <summary>The greatest element of each window of (N, C, H, W).</summary>
            public static MaxPool2d MaxPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
                bool ceil_mode = false) =>
                new(List(kernel_size), List(stride ?? kernel_size), List(padding ?? (0, 0)), List(dilation ?? (1, 1)), ceil_mode);
        }
    }
}
