namespace Granary.Trainer.Models;

/// <summary>
/// LeNet-5 (LeCun et al., "Gradient-based learning applied to document recognition", Proc. IEEE 1998) in the variants of d2l's
/// text and of a tutorial (<c>lenet5</c>): two 5x5 convolutions, each with an activation and a 2x2 pooling, then three linear layers.
/// </summary>
internal static class LeNets
{
    private static readonly int[] ConvChannels = [6, 16];
    private static readonly int[] Hidden = [120, 84];

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelRecipe> Recipes { get; } =
    [
        new("lenet", shape => Build("lenet", shape, new(Padding: 2, BatchNorm: false, Relu: false)).XavierUniform()),
        new("lenet-relu", shape => Build("lenet-relu", shape, new(Padding: 2, BatchNorm: false, Relu: true)).KaimingUniform()),
        new("lenet-bn", shape => Build("lenet-bn", shape, new(Padding: 0, BatchNorm: true, Relu: false)).XavierUniform(), CpuOrder.Plain),
        new("lenet5", shape => Build("lenet5", shape, new(Padding: 0, BatchNorm: false, Relu: true))),
    ];

    // Sizes for 28x28 with padding 2 / 0 in the first convolution.
    private static Network Build(string name, ModelShape shape, Variant variant)
    {
        var stages = new StageBuilder(shape);
        for (int i = 1; i <= ConvChannels.Length; i++)
        {
            // 6x28x28 / 6x24x24, then 16x10x10 / 16x8x8
            stages.Conv($"conv{i}", stages.Wide(ConvChannels[i - 1]), kernel: 5, padding: i == 1 ? variant.Padding : 0);
            Activate(stages, variant, i);
            // 6x14x14 / 6x12x12, then 16x5x5 / 16x4x4
            _ = variant.Relu ? stages.MaxPool($"pool{i}", 2, stride: 2) : stages.AvgPool($"pool{i}", 2, stride: 2);
        }

        // 400 / 256
        stages.Flatten("flatten");
        for (int i = 1; i <= Hidden.Length; i++)
        {
            stages.Linear($"fc{i}", Hidden[i - 1]);
            Activate(stages, variant, ConvChannels.Length + i);
        }

        return stages.Logits("fc3").Build(name);
    }

    private static void Activate(StageBuilder stages, Variant variant, int number)
    {
        if (variant.BatchNorm)
            stages.BatchNorm($"bn{number}");
        _ = variant.Relu ? stages.Relu($"relu{number}") : stages.Sigmoid($"sigmoid{number}");
    }

    /// <summary>Where the variants differ. Those with ReLU use max-pooling, the others average pooling.</summary>
    private sealed record Variant(int Padding, bool BatchNorm, bool Relu);
}
