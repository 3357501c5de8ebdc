using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>
/// GoogLeNet (Szegedy et al., "Going Deeper with Convolutions", arXiv:1409.4842): as d2l's text builds it, without BN, drawn after
/// Glorot; and torchvision's layout without its auxiliary heads, with BN, its names and first weights, and 3x3 where the paper has 5x5.
/// </summary>
internal static class GoogLeNets
{
    // Output channels of each Inception block's paths: 1x1; 1x1 then 3x3; 1x1 then 5x5; pooling then 1x1. A 3x3 max-pooling of stride 2
    // follows blocks 3b and 4e.
    private static readonly (string Name, int One, (int Narrow, int Wide) Three, (int Narrow, int Wide) Five, int Pool)[] Blocks =
    [
        ("3a", 64, (96, 128), (16, 32), 32),
        ("3b", 128, (128, 192), (32, 96), 64),
        ("4a", 192, (96, 208), (16, 48), 64),
        ("4b", 160, (112, 224), (24, 64), 64),
        ("4c", 128, (128, 256), (24, 64), 64),
        ("4d", 112, (144, 288), (32, 64), 64),
        ("4e", 256, (160, 320), (32, 128), 128),
        ("5a", 256, (160, 320), (32, 128), 128),
        ("5b", 384, (192, 384), (48, 128), 128),
    ];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
        [new("googlenet-d2l", BuildD2l, CpuOrder.ChannelsLastOnly), new("googlenet", BuildTorchvision)];

    private static Network BuildD2l(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        // Sizes for 96x96: 64x48x48, 64x24x24; 64x24x24, 192x24x24, 192x12x12
        stages.Conv("conv1", stages.Wide(64), kernel: 7, stride: 2, padding: 3).Relu("relu1").MaxPool("maxpool1", 3, stride: 2, padding: 1)
            .Conv("conv2", stages.Wide(64), kernel: 1).Relu("relu2")
            .Conv("conv3", stages.Wide(192), kernel: 3, padding: 1).Relu("relu3").MaxPool("maxpool2", 3, stride: 2, padding: 1);
        // 480x12x12, 480x6x6; 832x6x6, 832x3x3; 1024x3x3
        AddBlocks(stages, PlainConv, wideKernel: 5, pool: name => stages.MaxPool(name, 3, stride: 2, padding: 1));
        // 1024, classes
        return stages.GlobalAvgPool("avgpool").Flatten("flatten").Logits("fc").Build("googlenet-d2l").XavierUniform();
    }

    private static Network BuildTorchvision(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        // Sizes for 224x224: 64x112x112, 64x56x56; 64x56x56, 192x56x56, 192x28x28
        AddConv(stages, "conv1", 64, kernel: 7, stride: 2).MaxPool("maxpool1", 3, stride: 2, ceil: true);
        AddConv(stages, "conv2", 64, kernel: 1, stride: 1);
        AddConv(stages, "conv3", 192, kernel: 3, stride: 1).MaxPool("maxpool2", 3, stride: 2, ceil: true);
        // 480x28x28, 480x14x14; 832x14x14, 832x7x7; 1024x7x7
        AddBlocks(stages, NormConv, wideKernel: 3, pool: name => stages.MaxPool(name, name == "maxpool3" ? 3 : 2, stride: 2, ceil: true));
        // 1024, classes
        return stages.GlobalAvgPool("avgpool").Flatten("flatten").Dropout("dropout", 0.2).Logits("fc").Build("googlenet").SmallNormal();
    }

    private static StageBuilder AddConv(StageBuilder stages, string name, int channels, int kernel, int stride)
    {
        int outputs = stages.Wide(channels);
        return stages.Block(name, NormConv(stages.Channels, outputs, kernel, stride), outputs, (stages.Size + stride - 1) / stride);
    }

    private static void AddBlocks(
        StageBuilder stages, Func<int, int, int, int, Module<Tensor, Tensor>> conv, int wideKernel, Func<string, StageBuilder> pool)
    {
        foreach ((string name, int one, (int Narrow, int Wide) three, (int Narrow, int Wide) five, int pooled) in Blocks)
        {
            int[] widths = [.. new[] { one, three.Narrow, three.Wide, five.Narrow, five.Wide, pooled }.Select(stages.Wide)];
            int outputs = widths[0] + widths[2] + widths[4] + widths[5];
            stages.Block($"inception{name}", new Inception(stages.Channels, widths, wideKernel, conv), outputs, stages.Size);
            if (name is "3b" or "4e")
                pool($"maxpool{name[0]}");
        }
    }

    private static Sequential PlainConv(int channels, int outputs, int kernel, int stride) => Sequential(
        ("conv", new ConvolutionLayer(channels, outputs, kernel, stride: stride, padding: kernel / 2)),
        ("relu", ReLU(inplace: true)));

    private static Sequential NormConv(int channels, int outputs, int kernel, int stride) => Sequential(
        ("conv", new ConvolutionLayer(channels, outputs, kernel, stride: stride, padding: kernel / 2, bias: false)),
        ("bn", BatchNorm2d(outputs, eps: 0.001)),
        ("relu", ReLU(inplace: true)));

    /// <summary>Four paths of the same height and width, side by side in the channels.</summary>
    internal sealed class Inception : Block
    {
        private readonly Func<Tensor, Tensor>[] _paths;

        /// <summary>A block.</summary>
        /// <param name="channels">Input channels.</param>
        /// <param name="widths">Output channels: path 1; path 2's two convolutions; path 3's two; path 4.</param>
        /// <param name="wideKernel">Kernel of path 3's second convolution.</param>
        /// <param name="conv">Makes a convolution with its activation from channels, outputs, kernel and stride.</param>
        public Inception(int channels, int[] widths, int wideKernel, Func<int, int, int, int, Module<Tensor, Tensor>> conv)
            : base("Inception") => _paths =
            [
                Part("branch1", conv(channels, widths[0], 1, 1)),
                Part("branch2", Sequential(("0", conv(channels, widths[1], 1, 1)), ("1", conv(widths[1], widths[2], 3, 1)))),
                Part("branch3", Sequential(("0", conv(channels, widths[3], 1, 1)), ("1", conv(widths[3], widths[4], wideKernel, 1)))),
                Part("branch4", Sequential(("0", MaxPool2d(3, stride: 1, padding: 1)), ("1", conv(channels, widths[5], 1, 1)))),
            ];

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => cat([.. _paths.Select(path => path(input))], 1);
    }
}
