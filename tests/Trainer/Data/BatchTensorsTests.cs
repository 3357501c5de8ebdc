using Granary.Trainer.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Data;

public sealed class BatchTensorsTests
{
    private static readonly ImageSet Coloured = new("set", 3, 1, [0, 51, 255], [300]);

    [Fact]
    public void Inputs_UnitRange_AreBytesOver255()
    {
        // torchvision's ToTensor divides by 255: 51 / 255 = 0.2.
        Assert.Equal([0f, 0.2f, 1f], Inputs(Normalisation.UnitRange));
    }

    [Fact]
    public void Inputs_ConstantsPerChannel_NormaliseEachChannelByItsOwn()
    {
        // By hand: (0 - 0.5) / 0.5, (0.2 - 0.1) / 0.2, (1 - 0.75) / 0.25.
        float[] numbers = Inputs(new Normalisation([0.5f, 0.1f, 0.75f], [0.5f, 0.2f, 0.25f]));

        Assert.Equal([-1, 0.5, 1], numbers.Select(number => Math.Round(number, 6)));
    }

    [Fact]
    public void Targets_LabelAbove255_IsKept()
    {
        using HostBatch batch = Batch();
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal([300L], new BatchTensors(CPU, Normalisation.UnitRange).Targets(batch).data<long>().ToArray());
    }

    private static float[] Inputs(Normalisation normalisation)
    {
        using HostBatch batch = Batch();
        using DisposeScope scope = NewDisposeScope();
        Tensor inputs = new BatchTensors(CPU, normalisation).Inputs(batch);
        Assert.Equal([1, 3, 1, 1], inputs.shape);
        return inputs.data<float>().ToArray();
    }

    private static HostBatch Batch()
    {
        var batch = new HostBatch(Coloured, [0], index: 0, globalSize: 1);
        batch.Fill(0, 1);
        return batch;
    }
}
