using Granary.Trainer.Learning;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Learning;

public sealed class StepSeedTests
{
    [Fact]
    public void Set_AnotherRankStepOrRun_DrawsOtherNumbers()
    {
        float[][] drawn = [Draw(7, 0, 0), Draw(7, 1, 0), Draw(7, 0, 1), Draw(8, 0, 0)];

        Assert.Equal(4, drawn.Select(numbers => string.Join(' ', numbers)).Distinct().Count());
    }

    [Fact]
    public void Set_SameRankStepAndRun_DrawsTheSameNumbersWhateverCameBefore()
    {
        float[] first = Draw(7, 3, 41);
        Draw(1, 0, 0);

        Assert.Equal(first, Draw(7, 3, 41));
    }

    private static float[] Draw(long seed, int rank, long step)
    {
        StepSeed.Set(seed, rank, step);
        using Tensor numbers = rand(4);
        return numbers.data<float>().ToArray();
    }
}
