using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The hyperbolic tangent of each element.</summary>
    public sealed class Tanh : nn.Module<Tensor, Tensor>
    {
        internal Tanh()
            : base(nameof(Tanh))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.tanh();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The hyperbolic tangent of each element.</summary>
            public static Tanh Tanh() => new();
        }
    }
}
