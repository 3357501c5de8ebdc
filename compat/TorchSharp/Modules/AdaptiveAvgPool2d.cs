using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>The means of as many windows as the result has places.</summary>
    public sealed class AdaptiveAvgPool2d : nn.Module<Tensor, Tensor>
    {
        internal AdaptiveAvgPool2d(long[] output_size)
            : base(nameof(AdaptiveAvgPool2d))
        {
            this.output_size = output_size;
        }

        /// <summary>The result's height and width.</summary>
        public long[] output_size { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => F.adaptive_avg_pool2d(input, output_size);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The means of as many windows as the result has places.</summary>
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] output_size) => new(output_size);

            /// <summary>The means of as many windows as the result has places.</summary>
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(List(output_size));

            /// <summary>The means of as many windows as the result has places.</summary>
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new([output_size, output_size]);
        }
    }
}
