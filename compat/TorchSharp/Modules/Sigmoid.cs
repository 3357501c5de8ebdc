using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>1 / (1 + e^-x) of each element.</summary>
    public sealed class Sigmoid : nn.Module<Tensor, Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.sigmoid();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>1 / (1 + e^-x) of each element.</summary>
            public static Sigmoid Sigmoid() => new();
        }
    }
}
