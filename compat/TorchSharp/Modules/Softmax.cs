using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>e^x over the sum of e^x along an axis.</summary>
    public sealed class Softmax : nn.Module<Tensor, Tensor>
    {
        internal Softmax(long dim)
            : base(nameof(Softmax))
        {
            this.dim = dim;
        }

        /// <summary>The axis.</summary>
        public long dim { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.softmax(dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>e^x over the sum of e^x along an axis.</summary>
            public static Softmax Softmax(long dim) => new(dim);
        }
    }
}
