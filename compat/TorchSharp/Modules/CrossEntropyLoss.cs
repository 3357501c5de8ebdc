using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules
{
    /// <summary>The cross-entropy of logits and classes.</summary>
    public sealed class CrossEntropyLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Reduction _reduction;
        private readonly Tensor? _weight;
        private readonly long? _ignoreIndex;

        internal CrossEntropyLoss(Tensor? weight, long? ignoreIndex, nn.Reduction reduction)
            : base(nameof(CrossEntropyLoss))
        {
            _weight = weight;
            _ignoreIndex = ignoreIndex;
            _reduction = reduction;
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input1, Tensor input2) =>
            F.cross_entropy(input1, input2, _weight, _ignoreIndex ?? -100, _reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The cross-entropy of logits and classes.</summary>
            public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(weight, ignore_index, reduction);
        }
    }
}
