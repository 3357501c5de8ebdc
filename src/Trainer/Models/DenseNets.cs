using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// DenseNet-BC (Huang et al., arXiv:1608.06993) in torchvision's layout, with its names and first weights: each layer narrows to four
/// growths with a 1x1 convolution before its 3x3 one, transitions halve the channels.
/// </summary>
internal static class DenseNets
{
    private const int Growth = 32;

    // Layers of each dense block.
    private static readonly (string Name, int[] Blocks)[] Plans =
    [
        ("densenet121", [6, 12, 24, 16]),
        ("densenet169", [6, 12, 32, 32]),
        ("densenet201", [6, 12, 48, 32]),
    ];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
        [.. Plans.Select(row => new ModelRecipe(row.Name, shape => Build(row.Name, shape, row.Blocks).KaimingFanIn()))];

    private static Network Build(string name, ModelShape shape, int[] blocks)
    {
        var stages = new StageBuilder(shape);
        int growth = stages.Wide(Growth);
        // Sizes for 224x224: 64x112x112, then 64x56x56
        stages.Conv("features.conv0", 2 * growth, kernel: 7, stride: 2, padding: 3, bias: false)
            .BatchNorm("features.norm0").Relu("features.relu0").MaxPool("features.pool0", 3, stride: 2, padding: 1);
        for (int b = 1; b <= blocks.Length; b++)
        {
            // densenet121: 256x56x56, 512x28x28, 1024x14x14, 1024x7x7
            var block = new DenseBlock(blocks[b - 1], stages.Channels, growth);
            stages.Block($"features.denseblock{b}", block, stages.Channels + (blocks[b - 1] * growth), stages.Size);
            if (b == blocks.Length)
                break;
            // densenet121: 128x28x28, 256x14x14, 512x7x7
            int half = stages.Channels / 2;
            stages.Block($"features.transition{b}", Transition(stages.Channels, half), half, stages.Size / 2);
        }

        // 1x1, then classes
        return stages.BatchNorm("features.norm5").Relu("relu5").GlobalAvgPool("avgpool").Flatten("flatten")
            .Logits("classifier").Build(name);
    }

    private static TorchSharp.Modules.Sequential Transition(int channels, int outputs) => Sequential(
        ("norm", BatchNorm2d(channels)),
        ("relu", ReLU(inplace: true)),
        ("conv", new ConvolutionLayer(channels, outputs, 1, bias: false)),
        ("pool", AvgPool2d(2, stride: 2)));

    /// <summary>Layers, each over the input and what all before it gave: growth channels more with each.</summary>
    internal sealed class DenseBlock : Block
    {
        private readonly Func<Tensor, Tensor>[] _layers;

        /// <summary>A block.</summary>
        public DenseBlock(int layers, int channels, int growth)
            : base("DenseBlock")
        {
            _layers = new Func<Tensor, Tensor>[layers];
            for (int i = 0; i < layers; i++)
                _layers[i] = Part($"denselayer{i + 1}", new DenseLayer(channels + (i * growth), growth));
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

    /// <summary>BN, ReLU, 1x1 convolution, BN, ReLU, 3x3 convolution.</summary>
    internal sealed class DenseLayer : Block
    {
        private const int Narrowing = 4;

        private readonly Func<Tensor, Tensor> _norm1;
        private readonly Func<Tensor, Tensor> _conv1;
        private readonly Func<Tensor, Tensor> _norm2;
        private readonly Func<Tensor, Tensor> _conv2;

        /// <summary>A layer.</summary>
        public DenseLayer(int channels, int growth)
            : base("DenseLayer")
        {
            _norm1 = Part("norm1", BatchNorm2d(channels));
            _conv1 = Part("conv1", new ConvolutionLayer(channels, Narrowing * growth, 1, bias: false));
            _norm2 = Part("norm2", BatchNorm2d(Narrowing * growth));
            _conv2 = Part("conv2", new ConvolutionLayer(Narrowing * growth, growth, 3, padding: 1, bias: false));
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            Tensor y = _conv1(_norm1(input).relu_());
            return _conv2(_norm2(y).relu_());
        }
    }
}
