using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// ResNet (He et al., arXiv:1512.03385) and ResNeXt (Xie et al., arXiv:1611.05431) in torchvision's layout, with its names and first
/// weights: the stride of a bottleneck is in its 3x3 convolution.
/// </summary>
internal static class ResNets
{
    // Channels of each layer's 3x3 convolutions; every layer but the first halves height and width.
    private static readonly int[] LayerChannels = [64, 128, 256, 512];

    private static readonly (string Name, Plan Plan)[] Plans =
    [
        ("resnet18", new([2, 2, 2, 2], Bottleneck: false)),
        ("resnet34", new([3, 4, 6, 3], Bottleneck: false)),
        ("resnet50", new([3, 4, 6, 3], Bottleneck: true)),
        ("resnet101", new([3, 4, 23, 3], Bottleneck: true)),
        ("resnet152", new([3, 8, 36, 3], Bottleneck: true)),
        ("resnext50_32x4d", new([3, 4, 6, 3], Bottleneck: true, Groups: 32, GroupWidth: 4)),
    ];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
        [.. Plans.Select(row => new ModelRecipe(row.Name, shape => Build(row.Name, shape, row.Plan).KaimingFanOut()))];

    private static Network Build(string name, ModelShape shape, Plan plan)
    {
        var stages = new StageBuilder(shape);
        // Sizes for 224x224: 64x112x112, then 64x56x56
        stages.Conv("conv1", stages.Wide(64), kernel: 7, stride: 2, padding: 3, bias: false).BatchNorm("bn1").Relu("relu")
            .MaxPool("maxpool", 3, stride: 2, padding: 1);
        for (int l = 0; l < LayerChannels.Length; l++)
        {
            // 64x56x56, 128x28x28, 256x14x14, 512x7x7; four times the channels with bottlenecks
            for (int b = 0; b < plan.Blocks[l]; b++)
            {
                int stride = l > 0 && b == 0 ? 2 : 1;
                int width = stages.Wide(LayerChannels[l]);
                int outputs = plan.Bottleneck ? 4 * width : width;
                Block block = plan.Bottleneck
                    ? new Bottleneck(stages.Channels, Math.Max(1, width * plan.GroupWidth / 64) * plan.Groups, outputs, stride, plan.Groups)
                    : new BasicBlock(stages.Channels, outputs, stride);
                stages.Block($"layer{l + 1}.{b}", block, outputs, (stages.Size + stride - 1) / stride);
            }
        }

        // 1x1, then classes
        return stages.GlobalAvgPool("avgpool").Flatten("flatten").Logits("fc").Build(name);
    }

    /// <summary>A 1x1 convolution with BN where stride or channels change; null where the input goes through as it is.</summary>
    private static Module<Tensor, Tensor>? Downsample(int channels, int outputs, int stride) =>
        stride == 1 && channels == outputs
            ? null
            : Sequential(("0", new ConvolutionLayer(channels, outputs, 1, stride: stride, bias: false)), ("1", BatchNorm2d(outputs)));

    /// <summary>Blocks of each layer and their kind. A width of 64 with one group is plain ResNet.</summary>
    private sealed record Plan(int[] Blocks, bool Bottleneck, int Groups = 1, int GroupWidth = 64);

    /// <summary>Two 3x3 convolutions.</summary>
    internal sealed class BasicBlock : Block
    {
        private readonly Func<Tensor, Tensor> _conv1;
        private readonly Func<Tensor, Tensor> _bn1;
        private readonly Func<Tensor, Tensor> _conv2;
        private readonly Func<Tensor, Tensor> _bn2;
        private readonly Func<Tensor, Tensor>? _downsample;

        /// <summary>A block.</summary>
        public BasicBlock(int channels, int outputs, int stride)
            : base("BasicBlock")
        {
            _conv1 = Part("conv1", new ConvolutionLayer(channels, outputs, 3, stride: stride, padding: 1, bias: false));
            _bn1 = Part("bn1", BatchNorm2d(outputs));
            _conv2 = Part("conv2", new ConvolutionLayer(outputs, outputs, 3, padding: 1, bias: false));
            _bn2 = Part("bn2", BatchNorm2d(outputs));
            if (Downsample(channels, outputs, stride) is { } downsample)
                _downsample = Part("downsample", downsample);
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            Tensor y = _bn1(_conv1(input)).relu_();
            y = _bn2(_conv2(y));
            return y.add_(_downsample is null ? input : _downsample(input)).relu_();
        }
    }

    /// <summary>A 1x1 convolution to fewer channels, a (grouped) 3x3 convolution, a 1x1 convolution to four times the layer's.</summary>
    internal sealed class Bottleneck : Block
    {
        private readonly Func<Tensor, Tensor> _conv1;
        private readonly Func<Tensor, Tensor> _bn1;
        private readonly Func<Tensor, Tensor> _conv2;
        private readonly Func<Tensor, Tensor> _bn2;
        private readonly Func<Tensor, Tensor> _conv3;
        private readonly Func<Tensor, Tensor> _bn3;
        private readonly Func<Tensor, Tensor>? _downsample;

        /// <summary>A block whose 3x3 convolution has <paramref name="width"/> channels.</summary>
        public Bottleneck(int channels, int width, int outputs, int stride, int groups)
            : base("Bottleneck")
        {
            _conv1 = Part("conv1", new ConvolutionLayer(channels, width, 1, bias: false));
            _bn1 = Part("bn1", BatchNorm2d(width));
            _conv2 = Part("conv2", new ConvolutionLayer(width, width, 3, stride: stride, padding: 1, groups: groups, bias: false));
            _bn2 = Part("bn2", BatchNorm2d(width));
            _conv3 = Part("conv3", new ConvolutionLayer(width, outputs, 1, bias: false));
            _bn3 = Part("bn3", BatchNorm2d(outputs));
            if (Downsample(channels, outputs, stride) is { } downsample)
                _downsample = Part("downsample", downsample);
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            Tensor y = _bn1(_conv1(input)).relu_();
            y = _bn2(_conv2(y)).relu_();
            y = _bn3(_conv3(y));
            return y.add_(_downsample is null ? input : _downsample(input)).relu_();
        }
    }
}
