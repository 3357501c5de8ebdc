using Granary.Specs;

namespace Granary.Trainer.Tests.Parallel;

public sealed class SyncBatchNormTests
{
    private static readonly ParallelSpec Synchronised = new() { SyncBatchNorm = true };

    // Epochs end with batches of 5, 7 and 7 examples, which the ranks share unevenly.
    [Theory]
    [InlineData(2, 37, 50)]
    [InlineData(3, 43, 50)]
    [InlineData(4, 39, 50)]
    // An epoch that ends with 2 examples: one and two ranks have none. The statistics of two examples make much of rounding, so no more.
    [InlineData(3, 38, 4)]
    [InlineData(4, 34, 3)]
    public async Task Fit_SeveralRanks_EndsWhereOneRankEnds(int ranks, int examples, int steps)
    {
        var group = new RankGroup
        {
            Model = "lenet-bn",
            Size = 28,
            Channels = 1,
            Batch = 4 * ranks,
            Examples = examples,
            Steps = steps,
            Train = new TrainSpec { LearningRate = 0.001, Momentum = 0.9 },
            Parallel = Synchronised,
        };

        var alone = await group.TrainAsync(1);
        var together = await group.TrainAsync(ranks);

        // Running means and variances are among what is compared.
        Assert.Contains("bn1.running_var", alone[0].Keys);
        Assert.InRange(RankGroup.Distance(alone[0], together[0]), 0, 1e-4);
        Assert.All(together, rank => Assert.Equal(0, RankGroup.Distance(together[0], rank)));
    }

    [Fact]
    public async Task Fit_NotSynchronised_EndsElsewhere()
    {
        var group = new RankGroup { Model = "lenet-bn", Size = 28, Channels = 1, Batch = 8, Examples = 35 };

        var alone = await group.TrainAsync(1);
        var together = await group.TrainAsync(2);

        Assert.InRange(RankGroup.Distance(alone[0], together[0]), 1e-2, double.MaxValue);
    }

    // One of each family that normalises. They are deep, and a ReLU that rounding turns on spreads from step to step: two steps are
    // compared, one of MobileNet's, the deepest.
    [Theory]
    [InlineData("vgg11_bn", 0.0625, 32, 2)]
    [InlineData("googlenet", 0.0625, 32, 2)]
    [InlineData("resnet18-d2l", 0.0625, 32, 2)]
    [InlineData("resnet18", 0.0625, 32, 2)]
    [InlineData("preresnet18", 0.0625, 32, 2)]
    [InlineData("xresnet18", 0.0625, 32, 2)]
    [InlineData("densenet-d2l", 0.25, 32, 2)]
    [InlineData("densenet121", 0.25, 32, 2)]
    [InlineData("mobilenet_v2", 0.25, 32, 1)]
    [InlineData("simple-cnn", 0.25, 16, 2)]
    [InlineData("fully-conv", 0.5, 32, 2)]
    public async Task Fit_EveryFamily_EndsWhereOneRankEnds(string model, double width, int size, int steps)
    {
        var group = new RankGroup
        {
            Model = model,
            Width = width,
            Size = size,
            Batch = 12,
            Examples = 24,
            Steps = steps,
            Train = new TrainSpec { LearningRate = 1e-3 },
            Parallel = Synchronised,
        };

        var alone = await group.TrainAsync(1);
        var together = await group.TrainAsync(2);

        Assert.Contains(alone[0].Keys, name => name.EndsWith("running_mean", StringComparison.Ordinal));
        Assert.InRange(RankGroup.Distance(alone[0], together[0]), 0, 1e-4);
        Assert.Equal(0, RankGroup.Distance(together[0], together[1]));
    }
}
