using Granary.Specs;

namespace Granary.Trainer.Tests.Parallel;

/// <summary>2, 3 and 4 ranks with a batch of 6, 4 and 3 each end where one rank with a batch of 12 ends, after 50 steps.</summary>
public sealed class EquivalenceTests
{
    // One of each family without batch normalisation. The last batch of an epoch has 5 examples, which the ranks share unevenly. Hidden
    // layers of 4,096 are narrowed: at their own width, 50 steps of one rank take half a minute.
    [Theory]
    [InlineData("lenet", 1, 28)]
    [InlineData("lenet-relu", 1, 28)]
    [InlineData("lenet5", 1, 28)]
    [InlineData("alexnet-d2l", 0.0625, 65)]
    [InlineData("alexnet", 0.0625, 63)]
    [InlineData("vgg11", 0.0625, 32)]
    [InlineData("nin", 0.0625, 67)]
    [InlineData("googlenet-d2l", 0.0625, 32)]
    [InlineData("simple-cnn-2", 0.25, 8)]
    [InlineData("simple-cnn-fastai", 1, 28)]
    public async Task Fit_SeveralRanks_EndWhereOneRankEnds(string model, double width, int size) => await Equivalence.RequireAsync(
        new RankGroup { Model = model, Width = width, Size = size, Hidden = 128, Batch = 12, Examples = 41 }, 1e-5, moved: 100);

    // A clip norm that is reached at every step, so what it measures is the norm over all ranks. An epoch ends with one example: all ranks
    // but one have none.
    [Fact]
    public async Task Fit_AccumulatingAndClipping_EndsWhereOneRankEnds()
    {
        var train = new TrainSpec { LearningRate = 0.05, Momentum = 0.9, Accumulate = 2, ClipNorm = 0.1 };
        await Equivalence.RequireAsync(
            new RankGroup { Model = "lenet-relu", Size = 28, Batch = 12, Examples = 37, Train = train }, 1e-5, moved: 100);
    }

    // Gradients are rounded to 8 bits at each hop: near, and not the same.
    [Fact]
    public async Task Fit_BFloat16OnTheWire_StaysNear()
    {
        var group = new RankGroup
        {
            Model = "lenet-relu",
            Size = 28,
            Batch = 8,
            Examples = 37,
            Train = new TrainSpec { LearningRate = 0.001 },
            Parallel = new ParallelSpec { Wire = "bf16" },
        };

        var alone = await group.TrainAsync(1);
        var ranks = await group.TrainAsync(2);

        Assert.InRange(RankGroup.Distance(alone[0], ranks[0]), 1e-6, 1e-2);
        Assert.Equal(0, RankGroup.Distance(ranks[0], ranks[1]));
    }
}
