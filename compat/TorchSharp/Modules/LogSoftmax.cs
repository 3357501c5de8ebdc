using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The logarithm of the softmax along an axis.</summary>
    public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
    {
        internal LogSoftmax(long dim)
            : base(nameof(LogSoftmax))
        {
            this.dim = dim;
        }

        /// <summary>The axis.</summary>
        public long dim { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.log_softmax(dim);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The logarithm of the softmax along an axis.</summary>
            public static LogSoftmax LogSoftmax(long dim) => new(dim);
        }
    }
}
