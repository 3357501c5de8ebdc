using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// DenseNet (Huang et al., "Densely Connected Convolutional Networks", arXiv:1608.06993) as d2l's text builds it: no bottleneck layers,
/// biases in its convolutions, transitions that halve the channels, drawn after Glorot as that text does.
/// </summary>
internal static class D2lDenseNets
{
    private const int Growth = 32;

    // Convolutions of each dense block.
    private static readonly int[] Blocks = [4, 4, 4, 4];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
    [
        new("densenet-d2l", shape => Build("densenet-d2l", shape, Blocks).XavierUniform(), CpuOrder.ChannelsLastOnly),
    ];

    private static Network Build(string name, ModelShape shape, int[] blocks)
    {
        var stages = new StageBuilder(shape);
        int growth = stages.Wide(Growth);
        // Sizes for 224x224: 64x112x112, then 64x56x56
        D2lStem.AddTo(stages);
        for (int b = 1; b <= blocks.Length; b++)
        {
            // 192x56x56, 224x28x28, 240x14x14, 248x7x7
            var block = new DenseBlock(blocks[b - 1], stages.Channels, growth);
            stages.Block($"denseblock{b}", block, stages.Channels + (blocks[b - 1] * growth), stages.Size);
            if (b == blocks.Length)
                break;
            // 96x28x28, 112x14x14, 120x7x7
            int half = stages.Channels / 2;
            stages.Block($"transition{b}", new Transition(stages.Channels, half), half, stages.Size / 2);
        }

        // 248x7x7, 248x1x1, 248, classes
        return stages.BatchNorm("norm5").Relu("relu5").GlobalAvgPool("avgpool").Flatten("flatten").Logits("classifier").Build(name);
    }

    /// <summary>Convolutions, each over the input and what all before it gave: growth channels more with each.</summary>
    internal sealed class DenseBlock : Block
    {
        private readonly Func<Tensor, Tensor>[] _layers;

        /// <summary>A block.</summary>
        /// <param name="layers">Convolutions.</param>
        /// <param name="channels">Input channels.</param>
        /// <param name="growth">Channels that each adds.</param>
        public DenseBlock(int layers, int channels, int growth)
            : base("DenseBlock")
        {
            _layers = new Func<Tensor, Tensor>[layers];
            for (int i = 0; i < layers; i++)
                _layers[i] = Part($"layer{i + 1}", new DenseLayer(channels + (i * growth), growth));
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            Tensor x = input;
            foreach (Func<Tensor, Tensor> layer in _layers)
                x = cat([x, layer(x)], 1);
            return x;
        }
    }

    /// <summary>BN, ReLU, 3x3 convolution.</summary>
    internal sealed class DenseLayer : Block
    {
        private readonly Func<Tensor, Tensor> _norm;
        private readonly Func<Tensor, Tensor> _conv;

        /// <summary>A layer.</summary>
        /// <param name="channels">Input channels.</param>
        /// <param name="growth">Output channels.</param>
        public DenseLayer(int channels, int growth)
            : base("DenseLayer")
        {
            _norm = Part("norm", BatchNorm2d(channels));
            _conv = Part("conv", new ConvolutionLayer(channels, growth, 3, padding: 1));
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => _conv(_norm(input).relu_());
    }

    /// <summary>BN, ReLU, 1x1 convolution, 2x2 average pooling: fewer channels, half of height and width, rounded down.</summary>
    internal sealed class Transition : Block
    {
        private readonly Func<Tensor, Tensor> _norm;
        private readonly Func<Tensor, Tensor> _conv;
        private readonly Func<Tensor, Tensor> _pool;

        /// <summary>A transition.</summary>
        /// <param name="channels">Input channels.</param>
        /// <param name="outputs">Output channels.</param>
        public Transition(int channels, int outputs)
            : base("Transition")
        {
            _norm = Part("norm", BatchNorm2d(channels));
            _conv = Part("conv", new ConvolutionLayer(channels, outputs, 1));
            _pool = Part("pool", AvgPool2d(2, stride: 2));
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => _pool(_conv(_norm(input).relu_()));
    }
}
