using Granary.Specs;
using Granary.Trainer.Models;

namespace Granary.Benchmarks.Train;

/// <summary>One network, picture size and batch; <c>peer.py</c> has the same layers under the same name.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Model">The entry of the catalogue whose memory order it has.</param>
/// <param name="Channels">Of a picture.</param>
/// <param name="Size">Height and width of a picture, in pixels.</param>
/// <param name="Batch">Examples per step.</param>
/// <param name="Pictures">Distinct pictures in memory; the loader goes round them.</param>
/// <param name="Build">Makes the network.</param>
internal sealed record TrainCase(string Name, string Model, int Channels, int Size, int Batch, int Pictures, Func<ModelShape, Network> Build)
{
    private static readonly int[] LayerChannels = [64, 128, 256, 512];

    public static IReadOnlyList<TrainCase> All { get; } =
    [
        new("lenet", "lenet-relu", 1, 28, 256, 60_000, shape => ModelFactory.Create("lenet-relu", shape)),
        new("resnet18-cifar", "resnet18", 3, 32, 64, 20_000, CifarResNet18),
        new("resnet18-96", "resnet18", 1, 96, 32, 6_000, shape => ModelFactory.Create("resnet18", shape)),
        new("densenet121-32", "densenet121", 3, 32, 32, 20_000, shape => ModelFactory.Create("densenet121", shape)),
    ];

    /// <summary>The network, drawn from torch's generator, in the format that a run of it would have.</summary>
    public Network Create() =>
        Build(new ModelShape(Channels, Classes: 10, Size)).Use(ComputeFormat.Of(new TrainSpec(), ModelFactory.Find(Model), cuda: false));

    // ResNet-18 with the stem that small pictures want: one 3x3 convolution, nothing that shrinks them.
    private static Network CifarResNet18(ModelShape shape)
    {
        var stages = new StageBuilder(shape);
        stages.Conv("conv1", stages.Wide(64), kernel: 3, padding: 1, bias: false).BatchNorm("bn1").Relu("relu");
        for (int l = 0; l < LayerChannels.Length; l++)
        {
            // 64x32x32, 128x16x16, 256x8x8, 512x4x4
            for (int b = 0; b < 2; b++)
            {
                int stride = l > 0 && b == 0 ? 2 : 1;
                int outputs = stages.Wide(LayerChannels[l]);
                var block = new ResNets.BasicBlock(stages.Channels, outputs, stride);
                stages.Block($"layer{l + 1}.{b}", block, outputs, (stages.Size + stride - 1) / stride);
            }
        }

        return stages.GlobalAvgPool("avgpool").Flatten("flatten").Logits("fc").Build("resnet18-cifar");
    }
}
