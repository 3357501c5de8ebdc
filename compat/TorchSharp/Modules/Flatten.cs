using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The axes from the first to the last made one.</summary>
    public sealed class Flatten : nn.Module<Tensor, Tensor>
    {
        internal Flatten(long start_dim, long end_dim)
            : base(nameof(Flatten))
        {
            this.start_dim = start_dim;
            this.end_dim = end_dim;
        }

        /// <summary>The first axis.</summary>
        public long start_dim { get; set; }

        /// <summary>The last axis.</summary>
        public long end_dim { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.flatten(start_dim, end_dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The axes from the first to the last made one.</summary>
            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        }
    }
}
