using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>The negative log-likelihood of log-probabilities and classes.</summary>
    public sealed class NLLLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Reduction _reduction;
        private readonly Tensor? _weight;

        internal NLLLoss(Tensor? weight, nn.Reduction reduction)
            : base(nameof(NLLLoss))
        {
            _weight = weight;
            _reduction = reduction;
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input1, Tensor input2) => F.nll_loss(input1, input2, _weight, _reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The negative log-likelihood of log-probabilities and classes.</summary>
            public static NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                new(weight, reduction);
        }
    }
}
