using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>The squared difference.</summary>
    public sealed class MSELoss : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Reduction _reduction;

        internal MSELoss(nn.Reduction reduction)
            : base(nameof(MSELoss))
        {
            _reduction = reduction;
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input1, Tensor input2) => F.mse_loss(input1, input2, _reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The squared difference.</summary>
            public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) =>
                new(reduction);
        }
    }
}
