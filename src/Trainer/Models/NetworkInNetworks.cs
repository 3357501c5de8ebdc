namespace Granary.Trainer.Models;

/// <summary>NiN (Lin, Chen and Yan, "Network In Network", arXiv:1312.4400) as d2l's text builds it: no linear layer at all.</summary>
internal static class NetworkInNetworks
{
    // Blocks of a convolution and two 1x1 convolutions, each followed by ReLU; a 3x3 max-pooling of stride 2 ends each block.
    private static readonly (int Channels, int Kernel, int Stride, int Padding)[] Blocks =
        [(96, 11, 4, 0), (256, 5, 1, 2), (384, 3, 1, 1)];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } = [new("nin", Build, CpuOrder.ChannelsLastOnly)];

    private static Network Build(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        for (int b = 0; b < Blocks.Length; b++)
        {
            // Sizes for 224x224: 96x54x54, 96x26x26; 256x26x26, 256x12x12; 384x12x12, 384x5x5
            (int channels, int kernel, int stride, int padding) = Blocks[b];
            AddBlock(stages, $"block{b + 1}", stages.Wide(channels), kernel, stride, padding);
            stages.MaxPool($"pool{b + 1}", 3, stride: 2);
        }

        stages.Dropout("dropout", 0.5).Head();
        // classes x5x5, classes x1x1, classes
        AddBlock(stages, "block4", shape.Classes, kernel: 3, stride: 1, padding: 1);
        return stages.GlobalAvgPool("avgpool").Flatten("flatten").Build("nin").XavierUniform();
    }

    private static void AddBlock(StageBuilder stages, string name, int channels, int kernel, int stride, int padding) => stages
        .Conv($"{name}.0", channels, kernel, stride, padding).Relu($"{name}.1")
        .Conv($"{name}.2", channels, kernel: 1).Relu($"{name}.3")
        .Conv($"{name}.4", channels, kernel: 1).Relu($"{name}.5");
}
