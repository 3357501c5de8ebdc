namespace Granary.Trainer.Models;

/// <summary>
/// VGG (Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", arXiv:1409.1556), with and
/// without batch normalisation; names and first weights are torchvision's.
/// </summary>
internal static class Vggs
{
    // Channels of each block's 3x3 convolutions; a 2x2 max-pooling ends each block.
    private static readonly int[][] Vgg11 = [[64], [128], [256, 256], [512, 512], [512, 512]];
    private static readonly int[][] Vgg13 = [[64, 64], [128, 128], [256, 256], [512, 512], [512, 512]];
    private static readonly int[][] Vgg16 = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]];

    private static readonly int[][] Vgg19 =
        [[64, 64], [128, 128], [256, 256, 256, 256], [512, 512, 512, 512], [512, 512, 512, 512]];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
    [
        .. Both("vgg11", Vgg11),
        .. Both("vgg13", Vgg13),
        .. Both("vgg16", Vgg16),
        .. Both("vgg19", Vgg19),
    ];

    private static ModelRecipe[] Both(string name, int[][] blocks) =>
    [
        new(name, shape => Build(name, shape, blocks, batchNorm: false).KaimingFanOutNormalLinear()),
        new(name + "_bn", shape => Build(name + "_bn", shape, blocks, batchNorm: true).KaimingFanOutNormalLinear()),
    ];

    private static Network Build(string name, ModelShape shape, int[][] blocks, bool batchNorm)
    {
        var stages = new StageBuilder(shape);
        int index = 0;
        foreach (int[] block in blocks)
        {
            foreach (int channels in block)
            {
                stages.Conv($"features.{index++}", stages.Wide(channels), kernel: 3, padding: 1);
                if (batchNorm)
                    stages.BatchNorm($"features.{index++}");
                stages.Relu($"features.{index++}");
            }

            // Sizes for 224x224: 64x112x112, 128x56x56, 256x28x28, 512x14x14, 512x7x7
            stages.MaxPool($"features.{index++}", 2, stride: 2);
        }

        // 512x7x7, 25088, 4096, 4096, classes
        return stages.AdaptiveAvgPool("avgpool", 7).Flatten("flatten")
            .Linear("classifier.0", 4096).Relu("classifier.1").Dropout("classifier.2", 0.5)
            .Linear("classifier.3", 4096).Relu("classifier.4").Dropout("classifier.5", 0.5)
            .Logits("classifier.6").Build(name);
    }
}
