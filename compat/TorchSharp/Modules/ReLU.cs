using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>Each element, or zero where it is negative.</summary>
    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        internal ReLU(bool inplace)
            : base(nameof(ReLU))
        {
            this.inplace = inplace;
        }

        /// <summary>Whether the input is overwritten.</summary>
        public bool inplace { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => F.relu(input, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Each element, or zero where it is negative.</summary>
            public static ReLU ReLU(bool inplace = false) => new(inplace);
        }
    }
}
