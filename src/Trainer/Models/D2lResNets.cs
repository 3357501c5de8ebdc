using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// ResNet (He et al., "Deep Residual Learning for Image Recognition", arXiv:1512.03385) as d2l's text builds it: with biases in its
/// convolutions, no batch normalisation in the shortcut, drawn after Glorot as that text does.
/// </summary>
internal static class D2lResNets
{
    // Output channels of each module and its residual blocks; every module but the first halves height and width.
    private static readonly (int Channels, int Blocks)[] ResNet18 = [(64, 2), (128, 2), (256, 2), (512, 2)];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
    [
        new("resnet18-d2l", shape => Build("resnet18-d2l", shape, ResNet18).XavierUniform()),
    ];

    private static Network Build(string name, ModelShape shape, (int Channels, int Blocks)[] modules)
    {
        var stages = new StageBuilder(shape);
        // Sizes for 224x224: 64x112x112, then 64x56x56
        D2lStem.AddTo(stages);
        for (int m = 0; m < modules.Length; m++)
        {
            // 64x56x56, 128x28x28, 256x14x14, 512x7x7
            for (int b = 0; b < modules[m].Blocks; b++)
            {
                int stride = m > 0 && b == 0 ? 2 : 1;
                int channels = stages.Wide(modules[m].Channels);
                var residual = new Residual(stages.Channels, channels, stride);
                stages.Block($"layer{m + 1}.{b}", residual, channels, (stages.Size + stride - 1) / stride);
            }
        }

        // 512x1x1, 512, classes
        return stages.GlobalAvgPool("avgpool").Flatten("flatten").Logits("fc").Build(name);
    }

    /// <summary>Two 3x3 convolutions and the input added; a 1x1 convolution fits the input where stride or channels change.</summary>
    internal sealed class Residual : Block
    {
        private readonly Func<Tensor, Tensor> _conv1;
        private readonly Func<Tensor, Tensor> _bn1;
        private readonly Func<Tensor, Tensor> _conv2;
        private readonly Func<Tensor, Tensor> _bn2;
        private readonly Func<Tensor, Tensor>? _shortcut;

        /// <summary>A block; the first of a module but the first has a stride, and with it the 1x1 convolution.</summary>
        /// <param name="channels">Input channels.</param>
        /// <param name="outputs">Output channels.</param>
        /// <param name="stride">What height and width are divided by.</param>
        public Residual(int channels, int outputs, int stride)
            : base("Residual")
        {
            _conv1 = Part("conv1", new ConvolutionLayer(channels, outputs, 3, stride: stride, padding: 1));
            _conv2 = Part("conv2", new ConvolutionLayer(outputs, outputs, 3, padding: 1));
            if (stride != 1 || channels != outputs)
                _shortcut = Part("conv3", new ConvolutionLayer(channels, outputs, 1, stride: stride));
            _bn1 = Part("bn1", BatchNorm2d(outputs));
            _bn2 = Part("bn2", BatchNorm2d(outputs));
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            Tensor y = _bn1(_conv1(input)).relu_();
            y = _bn2(_conv2(y));
            return y.add_(_shortcut is null ? input : _shortcut(input)).relu_();
        }
    }
}
