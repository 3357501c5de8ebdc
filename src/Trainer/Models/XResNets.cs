using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// ResNet with the tweaks of He et al., "Bag of Tricks for Image Classification" (arXiv:1812.01187), as fastai's book builds it: a stem
/// of three 3x3 convolutions, shortcuts that pool before their 1x1 convolution, the last BN of each block starting at zero.
/// </summary>
internal static class XResNets
{
    private static readonly int[] Stem = [32, 32, 64];
    private static readonly int[] LayerChannels = [64, 128, 256, 512];

    private static readonly (string Name, int[] Blocks, int Expansion)[] Plans =
    [
        ("xresnet18", [2, 2, 2, 2], 1),
        ("xresnet34", [3, 4, 6, 3], 1),
        ("xresnet50", [3, 4, 6, 3], 4),
    ];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
        [.. Plans.Select(row => new ModelRecipe(row.Name, shape => Build(row.Name, shape, row.Blocks, row.Expansion).KaimingFanIn()))];

    private static Network Build(string name, ModelShape shape, int[] blocks, int expansion)
    {
        var stages = new StageBuilder(shape);
        for (int i = 0; i < Stem.Length; i++)
        {
            // Sizes for 128x128: 32x64x64, 32x64x64, 64x64x64
            stages.Conv($"stem.{i}.0", stages.Wide(Stem[i]), kernel: 3, stride: i == 0 ? 2 : 1, padding: 1, bias: false)
                .BatchNorm($"stem.{i}.1").Relu($"stem.{i}.2");
        }

        // 64x32x32
        stages.MaxPool("maxpool", 3, stride: 2, padding: 1);
        for (int l = 0; l < LayerChannels.Length; l++)
        {
            // 64x32x32, 128x16x16, 256x8x8, 512x4x4; times the expansion
            for (int b = 0; b < blocks[l]; b++)
            {
                int stride = l > 0 && b == 0 ? 2 : 1;
                int outputs = stages.Wide(LayerChannels[l]) * expansion;
                var block = new ResBlock(stages.Channels, outputs, stride, bottleneck: expansion > 1);
                stages.Block($"layer{l + 1}.{b}", block, outputs, (stages.Size + stride - 1) / stride);
            }
        }

        // 1x1, then classes
        return stages.GlobalAvgPool("avgpool").Flatten("flatten").Logits("fc").Build(name);
    }

    /// <summary>fastai's <c>ConvLayer</c>: convolution without bias, BN, and ReLU where told.</summary>
    private static Sequential ConvLayer(int channels, int outputs, int kernel, int stride, bool relu, bool zero = false)
    {
        var conv = new ConvolutionLayer(channels, outputs, kernel, stride: stride, padding: kernel / 2, bias: false);
        BatchNorm2d norm = BatchNorm2d(outputs);
        if (zero)
            init.zeros_(norm.weight);
        return relu ? Sequential(("0", conv), ("1", norm), ("2", ReLU(inplace: true))) : Sequential(("0", conv), ("1", norm));
    }

    /// <summary>Two 3x3 convolutions, or 1x1, 3x3 and 1x1 over a quarter of the channels, and the input added.</summary>
    internal sealed class ResBlock : Block
    {
        private readonly Func<Tensor, Tensor> _convs;
        private readonly Func<Tensor, Tensor>? _shortcut;
        private readonly Func<Tensor, Tensor>? _pool;

        /// <summary>A block.</summary>
        public ResBlock(int channels, int outputs, int stride, bool bottleneck)
            : base("ResBlock")
        {
            int inner = outputs / 4;
            _convs = Part("convs", bottleneck
                ? Sequential(
                    ("0", ConvLayer(channels, inner, 1, 1, relu: true)),
                    ("1", ConvLayer(inner, inner, 3, stride, relu: true)),
                    ("2", ConvLayer(inner, outputs, 1, 1, relu: false, zero: true)))
                : Sequential(
                    ("0", ConvLayer(channels, outputs, 3, stride, relu: true)),
                    ("1", ConvLayer(outputs, outputs, 3, 1, relu: false, zero: true))));
            if (channels != outputs)
                _shortcut = Part("idconv", ConvLayer(channels, outputs, 1, 1, relu: false));
            if (stride != 1)
                _pool = Part("pool", AvgPool2d(2, stride: 2, ceil_mode: true));
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            Tensor same = _pool is null ? input : _pool(input);
            return _convs(input).add_(_shortcut is null ? same : _shortcut(same)).relu_();
        }
    }
}
