using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// ResNet with pre-activation (He et al., "Identity Mappings in Deep Residual Networks", arXiv:1603.05027): BN, ReLU, convolution; the
/// shortcut of a block that changes shape is a 1x1 convolution of the activated input, and one more BN and ReLU end the network.
/// </summary>
internal static class PreResNets
{
    // Channels of each layer's 3x3 convolutions; every layer but the first halves height and width.
    private static readonly int[] LayerChannels = [64, 128, 256, 512];

    private static readonly (string Name, int[] Blocks, bool Bottleneck)[] Plans =
    [
        ("preresnet18", [2, 2, 2, 2], false),
        ("preresnet34", [3, 4, 6, 3], false),
        ("preresnet50", [3, 4, 6, 3], true),
        ("preresnet101", [3, 4, 23, 3], true),
        ("preresnet152", [3, 8, 36, 3], true),
    ];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
        [.. Plans.Select(row => new ModelRecipe(row.Name, shape => Build(row.Name, shape, row.Blocks, row.Bottleneck).KaimingFanOut()))];

    private static Network Build(string name, ModelShape shape, int[] blocks, bool bottleneck)
    {
        var stages = new StageBuilder(shape);
        // Sizes for 224x224: 64x112x112, then 64x56x56; the first block brings its own BN and ReLU
        stages.Conv("conv1", stages.Wide(64), kernel: 7, stride: 2, padding: 3, bias: false).MaxPool("maxpool", 3, stride: 2, padding: 1);
        for (int l = 0; l < LayerChannels.Length; l++)
        {
            // 64x56x56, 128x28x28, 256x14x14, 512x7x7; four times the channels with bottlenecks
            for (int b = 0; b < blocks[l]; b++)
            {
                int stride = l > 0 && b == 0 ? 2 : 1;
                int width = stages.Wide(LayerChannels[l]);
                int outputs = bottleneck ? 4 * width : width;
                var convolutions = Convolutions(stages.Channels, width, outputs, stride, bottleneck);
                var block = new PreActivation(stages.Channels, convolutions, outputs, stride);
                stages.Block($"layer{l + 1}.{b}", block, outputs, (stages.Size + stride - 1) / stride);
            }
        }

        // 1x1, then classes
        return stages.BatchNorm("bn").Relu("relu").GlobalAvgPool("avgpool").Flatten("flatten").Logits("fc").Build(name);
    }

    // Input channels, output channels, kernel and stride of a block's convolutions.
    private static (int Channels, int Outputs, int Kernel, int Stride)[] Convolutions(
        int channels, int width, int outputs, int stride, bool bottleneck) => bottleneck
            ? [(channels, width, 1, 1), (width, width, 3, stride), (width, outputs, 1, 1)]
            : [(channels, outputs, 3, stride), (outputs, outputs, 3, 1)];

    /// <summary>Convolutions, each behind its own BN and ReLU, and the input added.</summary>
    internal sealed class PreActivation : Block
    {
        private readonly Func<Tensor, Tensor>[] _norms;
        private readonly Func<Tensor, Tensor>[] _convs;
        private readonly Func<Tensor, Tensor>? _shortcut;

        /// <summary>A block.</summary>
        public PreActivation(
            int channels, (int Channels, int Outputs, int Kernel, int Stride)[] convolutions, int outputs, int stride)
            : base("PreActivation")
        {
            _norms = new Func<Tensor, Tensor>[convolutions.Length];
            _convs = new Func<Tensor, Tensor>[convolutions.Length];
            for (int i = 0; i < convolutions.Length; i++)
            {
                (int from, int to, int kernel, int step) = convolutions[i];
                _norms[i] = Part($"bn{i + 1}", BatchNorm2d(from));
                _convs[i] = Part($"conv{i + 1}", new ConvolutionLayer(from, to, kernel, stride: step, padding: kernel / 2, bias: false));
            }

            if (stride != 1 || channels != outputs)
                _shortcut = Part("shortcut", new ConvolutionLayer(channels, outputs, 1, stride: stride, bias: false));
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            Tensor activated = _norms[0](input).relu_();
            Tensor y = _convs[0](activated);
            for (int i = 1; i < _convs.Length; i++)
                y = _convs[i](_norms[i](y).relu_());
            return y.add_(_shortcut is null ? input : _shortcut(activated));
        }
    }
}
