using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// MobileNetV2 (Sandler et al., "Inverted Residuals and Linear Bottlenecks", arXiv:1801.04381) in torchvision's layout, with its names
/// and first weights.
/// </summary>
internal static class MobileNets
{
    // Expansion, output channels, blocks and the first block's stride of each row of the paper's table 2.
    private static readonly (int Expansion, int Channels, int Blocks, int Stride)[] V2 =
    [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } = [new("mobilenet_v2", Build)];

    private static Network Build(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        int index = 0;
        // Sizes for 224x224: 32x112x112
        AddConv(stages, $"features.{index++}", 32, kernel: 3, stride: 2);
        foreach ((int expansion, int channels, int blocks, int firstStride) in V2)
        {
            // 16x112x112, 24x56x56, 32x28x28, 64x14x14, 96x14x14, 160x7x7, 320x7x7
            for (int b = 0; b < blocks; b++)
            {
                int stride = b == 0 ? firstStride : 1;
                int outputs = stages.Wide(channels);
                var block = new InvertedResidual(stages.Channels, outputs, stride, expansion);
                stages.Block($"features.{index++}", block, outputs, (stages.Size + stride - 1) / stride);
            }
        }

        // 1280x7x7, 1280x1x1, 1280, classes
        return AddConv(stages, $"features.{index}", 1280, kernel: 1, stride: 1)
            .GlobalAvgPool("avgpool").Flatten("flatten").Dropout("classifier.0", 0.2).Logits("classifier.1")
            .Build("mobilenet_v2").KaimingFanOutNormalLinear();
    }

    private static StageBuilder AddConv(StageBuilder stages, string name, int channels, int kernel, int stride)
    {
        int outputs = stages.Wide(channels);
        return stages.Block(name, NormConv(stages.Channels, outputs, kernel, stride), outputs, (stages.Size + stride - 1) / stride);
    }

    private static Sequential NormConv(int channels, int outputs, int kernel, int stride, int groups = 1) => Sequential(
        ("0", new ConvolutionLayer(channels, outputs, kernel, stride: stride, padding: kernel / 2, groups: groups, bias: false)),
        ("1", BatchNorm2d(outputs)),
        ("2", new ClippedRelu()));

    /// <summary>min(max(x, 0), 6).</summary>
    private sealed class ClippedRelu() : Block("ReLU6")
    {
        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.clamp(0, 6);
    }

    /// <summary>
    /// A 1x1 convolution to more channels, a 3x3 convolution of each channel alone, a 1x1 convolution to few without ReLU.
    /// </summary>
    internal sealed class InvertedResidual : Block
    {
        private readonly Func<Tensor, Tensor> _conv;
        private readonly bool _shortcut;

        /// <summary>A block; its input is added where the shape stays.</summary>
        public InvertedResidual(int channels, int outputs, int stride, int expansion)
            : base("InvertedResidual")
        {
            int inner = channels * expansion;
            List<Module<Tensor, Tensor>> parts = expansion == 1 ? [] : [NormConv(channels, inner, 1, 1)];
            parts.Add(NormConv(inner, inner, 3, stride, groups: inner));
            parts.Add(new ConvolutionLayer(inner, outputs, 1, bias: false));
            parts.Add(BatchNorm2d(outputs));
            _conv = Part("conv", Sequential(parts.Select((part, i) => ($"{i}", part))));
            _shortcut = stride == 1 && channels == outputs;
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            Tensor y = _conv(input);
            return _shortcut ? y.add_(input) : y;
        }
    }
}
