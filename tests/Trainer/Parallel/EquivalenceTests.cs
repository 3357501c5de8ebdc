using Granary.Specs;

namespace Granary.Trainer.Tests.Parallel;

/// <summary>N ranks with a batch of B each end where one rank with a batch of N times B ends; B is 4.</summary>
public sealed class EquivalenceTests
{
    private const int Own = 4;

    // After each model's name: width, picture. The last batch of an epoch of 37 has 5, 1 and 5 examples.
    public static TheoryData<string, double, int, int> Models()
    {
        var data = new TheoryData<string, double, int, int>();
        foreach (var ranks in new[] { 2, 3, 4 })
        {
            data.Add("lenet", 1, 28, ranks);
            data.Add("lenet-relu", 1, 28, ranks);
            data.Add("lenet5", 1, 28, ranks);
            data.Add("simple-cnn-2", 0.25, 8, ranks);
            data.Add("simple-cnn-fastai", 1, 28, ranks);
            data.Add("googlenet-d2l", 0.0625, 32, ranks);
            data.Add("nin", 0.0625, 67, ranks);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Fit_SeveralRanks_EndsWhereOneRankEnds(string model, double width, int size, int ranks) =>
        await AssertEqualAsync(
            new RankGroup { Model = model, Width = width, Size = size, Batch = Own * ranks, Examples = 37 }, ranks, 1e-5);

    // Their hidden layers of 4,096 keep their width, so these make fewer steps: two of 8 examples and one of 3.
    [Theory]
    [InlineData("alexnet", 0.0625, 63)]
    [InlineData("vgg11", 0.0625, 32)]
    public async Task Fit_TwoRanksOfAWideHead_EndsWhereOneRankEnds(string model, double width, int size) =>
        await AssertEqualAsync(
            new RankGroup { Model = model, Width = width, Size = size, Batch = 2 * Own, Examples = 19, Steps = 3 }, 2, 1e-5);

    // A clip norm that is reached at every step, so what it measures is the norm over all ranks.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Fit_AccumulatingAndClipping_EndsWhereOneRankEnds(int ranks)
    {
        var train = new TrainSpec { LearningRate = 0.05, Momentum = 0.9, Accumulate = 2, ClipNorm = 0.1 };
        await AssertEqualAsync(
            new RankGroup { Model = "lenet-relu", Size = 28, Batch = Own * ranks, Examples = 37, Train = train }, ranks, 1e-5);
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

    private static async Task AssertEqualAsync(RankGroup group, int ranks, double tolerance)
    {
        var start = await (group with { Steps = 1, Train = group.Train with { LearningRate = 1e-30 } }).TrainAsync(1);
        var alone = await group.TrainAsync(1);
        var together = await group.TrainAsync(ranks);

        Assert.InRange(RankGroup.Distance(start[0], alone[0]), 100 * tolerance, double.MaxValue);
        Assert.InRange(RankGroup.Distance(alone[0], together[0]), 0, tolerance);
        Assert.All(together, rank => Assert.Equal(0, RankGroup.Distance(together[0], rank)));
    }
}
