namespace Granary.Trainer.Models;

/// <summary>The small networks that the tutorials build first.</summary>
internal static class SimpleCnns
{
    // Channels of each block's 3x3 convolutions, each with BN and ReLU; a 2x2 max-pooling and dropout end each block.
    private static readonly int[][] Cifar = [[32, 32], [64, 64], [128]];
    private static readonly int[] TwoConvs = [32, 64];
    private static readonly int[] Fastai = [4, 8, 16, 32];
    private static readonly int[] FullyConv = [16, 32, 64, 128, 256];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
    [
        new("simple-cnn", BuildCifar),
        new("simple-cnn-2", BuildTwoConvs),
        new("simple-cnn-fastai", BuildFastai),
        new("fully-conv", BuildFullyConv),
    ];

    private static Network BuildCifar(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        int index = 0;
        foreach (int[] block in Cifar)
        {
            foreach (int channels in block)
            {
                stages.Conv($"features.{index++}", stages.Wide(channels), kernel: 3, padding: 1)
                    .BatchNorm($"features.{index++}").Relu($"features.{index++}");
            }

            // Sizes for 32x32: 32x16x16, 64x8x8, 128x4x4
            stages.MaxPool($"features.{index++}", 2, stride: 2).Dropout($"features.{index++}", 0.25);
        }

        // 2048, 512, classes
        return stages.Flatten("classifier.0").Linear("classifier.1", 512).Relu("classifier.2").Dropout("classifier.3", 0.5)
            .Logits("classifier.4").Build("simple-cnn");
    }

    private static Network BuildTwoConvs(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        for (int i = 1; i <= TwoConvs.Length; i++)
        {
            // Sizes for 32x32: 32x16x16, 64x8x8
            stages.Conv($"conv{i}", stages.Wide(TwoConvs[i - 1]), kernel: 3, padding: 1).Relu($"relu{i}").MaxPool($"pool{i}", 2, stride: 2);
        }

        // 4096, 512, classes
        return stages.Flatten("flatten").Linear("fc1", 512).Relu("relu3").Logits("fc2").Build("simple-cnn-2");
    }

    private static Network BuildFastai(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        for (int i = 0; i < Fastai.Length; i++)
        {
            // Sizes for 28x28: 4x14x14, 8x7x7, 16x4x4, 32x2x2
            stages.Conv($"{i}.0", stages.Wide(Fastai[i]), kernel: 3, stride: 2, padding: 1).Relu($"{i}.1");
        }

        // classes x1x1, classes
        return stages.Head().Conv("4", shape.Classes, kernel: 3, stride: 2, padding: 1, watched: true).Flatten("5")
            .Build("simple-cnn-fastai");
    }

    private static Network BuildFullyConv(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        for (int i = 0; i < FullyConv.Length; i++)
        {
            // fastai's ConvLayer; sizes for 128x128: 16x64x64, 32x32x32, 64x16x16, 128x8x8, 256x4x4
            stages.Conv($"{i}.0", stages.Wide(FullyConv[i]), kernel: 3, stride: 2, padding: 1, bias: false)
                .BatchNorm($"{i}.1").Relu($"{i}.2");
        }

        // 256x1x1, 256, classes
        return stages.GlobalAvgPool("5").Flatten("6").Logits("7").Build("fully-conv").KaimingFanIn();
    }
}
