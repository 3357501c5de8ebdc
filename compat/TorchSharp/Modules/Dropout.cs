using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>In training, zeros with probability p and the rest divided by 1 - p; else the input.</summary>
    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout))
        {
            this.p = p;
            this.inplace = inplace;
        }

        /// <summary>The probability of zero.</summary>
        public double p { get; set; }

        /// <summary>Whether the input is overwritten.</summary>
        public bool inplace { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => F.dropout(input, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>In training, zeros with probability p and the rest divided by 1 - p; else the input.</summary>
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}
