using Granary.Specs;

namespace Granary.Trainer.Tests.Parallel;

public sealed class SyncBatchNormTests
{
    private static readonly ParallelSpec Synchronised = new() { SyncBatchNorm = true };

    // Epochs end with 7 examples, which the ranks share unevenly, or with 2: one or two ranks have none. The statistics of two examples make
    // much of rounding, so no more than one such step is made.
    [Theory]
    [InlineData(43, 50)]
    [InlineData(38, 4)]
    public async Task Fit_UnevenBatches_EndsWhereOneRankEnds(int examples, int steps)
    {
        var group = new RankGroup
        {
            Model = "lenet-bn",
            Size = 28,
            Channels = 1,
            Batch = 12,
            Examples = examples,
            Steps = steps,
            Train = new TrainSpec { LearningRate = 0.001, Momentum = 0.9 },
            Parallel = Synchronised,
        };

        var alone = await Equivalence.RequireAsync(group, 1e-4, moved: 10);

        // Running means and variances are among what is compared.
        Assert.Contains("bn1.running_var", alone.Keys);
    }

    [Fact]
    public async Task Fit_NotSynchronised_EndsElsewhere()
    {
        var group = new RankGroup { Model = "lenet-bn", Size = 28, Channels = 1, Batch = 8, Examples = 35 };

        var alone = await group.TrainAsync(1);
        var together = await group.TrainAsync(2);

        Assert.InRange(RankGroup.Distance(alone[0], together[0]), 1e-2, double.MaxValue);
    }

    // One of each family that normalises. A ReLU that rounding turns another way spreads from step to step, the more the deeper a network
    // is: rates are such that most starts show none of it in 50 steps. The three deepest are beyond that (two runs of one rank whose first
    // weights differ in the last bit part as far), so they make fewer.
    [Theory]
    [InlineData("vgg11_bn", 0.0625, 32, 5e-4, 50)]
    [InlineData("resnet18-d2l", 0.0625, 16, 1e-4, 50)]
    [InlineData("resnet18", 0.0625, 32, 1e-4, 50)]
    [InlineData("preresnet18", 0.0625, 32, 1.5e-4, 50)]
    [InlineData("xresnet18", 0.0625, 32, 1e-4, 50)]
    [InlineData("densenet-d2l", 0.0625, 32, 1e-4, 50)]
    [InlineData("simple-cnn", 0.25, 16, 2e-4, 50)]
    [InlineData("fully-conv", 0.5, 16, 2e-4, 50)]
    [InlineData("googlenet", 0.0625, 32, 2e-4, 10)]
    [InlineData("densenet121", 0.125, 32, 3e-4, 4)]
    [InlineData("mobilenet_v2", 0.25, 32, 1e-4, 2)]
    public async Task Fit_EveryFamily_EndsWhereOneRankEnds(string model, double width, int size, double rate, int steps)
    {
        var group = new RankGroup
        {
            Model = model,
            Width = width,
            Size = size,
            Hidden = 128,
            Batch = 12,
            Examples = 43,
            Steps = steps,
            Train = new TrainSpec { LearningRate = rate },
            Parallel = Synchronised,
        };

        var alone = await Equivalence.RequireAsync(group, 1e-4, moved: 10, starts: 5);

        Assert.Contains(alone.Keys, name => name.EndsWith("running_mean", StringComparison.Ordinal));
    }
}
