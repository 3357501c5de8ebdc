using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x * sigmoid(x) of each element.</summary>
    public sealed class SiLU : nn.Module<Tensor, Tensor>
    {
        internal SiLU()
            : base(nameof(SiLU))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.silu();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x * sigmoid(x) of each element.</summary>
            public static SiLU SiLU() => new();
        }
    }
}
