using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using Granary.Trainer.Tests.Runs;

namespace Granary.Trainer.Tests.Parallel;

public sealed class DataParallelTests
{
    private static readonly TrainSpec LeNet = new()
    {
        LearningRate = 0.1,
        Momentum = 0.9,
        Epochs = 4,
        Seed = 5,
        WatchEvery = 0,
    };

    // 75 pictures in batches of 16 over 4 epochs: 20 steps, every fifth with 11 pictures, which no number of ranks here divides.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RunAsync_SeveralRanks_FollowOneProcessAtTheSameGlobalBatch(int worldSize)
    {
        using var data = new SmallRun { Model = "lenet-relu", Train = LeNet };
        var alone = new StepRecorder(initial: null);
        var observer = new RecordingObserver();
        await TrainingRun.Create(data.Request(observer) with { Callbacks = [alone] }).RunAsync(CancellationToken.None);

        using var ring = new MemoryRing(worldSize, new RingOptions());
        var ranks = await TrainAsync(data, ring, alone.Initial);

        Assert.Equal(20, alone.Steps.Count);
        foreach (var (one, many) in alone.Steps.Zip(ranks[0].Steps)) Assert.Equal(one.Loss, many.Loss, 1e-4);
        foreach (var other in ranks.Skip(1))
        {
            Assert.Equal(ranks[0].Steps.Select(step => step.Parameters), other.Steps.Select(step => step.Parameters));
            Assert.Equal(ranks[0].Steps.Select(step => step.Loss), other.Steps.Select(step => step.Loss));
        }
    }

    [Fact]
    public async Task RunAsync_BatchSmallerThanTheWorld_KeepsIdleRanksInStep()
    {
        using var data = new SmallRun { Train = LeNet with { Epochs = 1, LearningRate = 0.01, Momentum = 0 } };
        using var ring = new MemoryRing(2, new RingOptions());

        // One picture a step: rank 1 never has one of its own, and no gradient before the first sum.
        var ranks = await TrainAsync(data, ring, initial: null, batch: 1);

        Assert.Equal(75, ranks[0].Steps.Count);
        Assert.Equal(ranks[0].Steps.Select(step => step.Parameters), ranks[1].Steps.Select(step => step.Parameters));
        Assert.Equal(75, ranks[0].Steps.Select(step => step.Parameters).Distinct().Count());
    }

    [Fact]
    public async Task RunAsync_BatchNormalisation_ValidatesWithTheSameBuffersEverywhere()
    {
        using var data = new SmallRun { Model = "lenet-bn", Train = LeNet with { Epochs = 2 } };
        using var ring = new MemoryRing(2, new RingOptions());

        var ranks = await TrainAsync(data, ring, initial: null);

        Assert.NotEmpty(ranks[0].Buffers);
        Assert.Equal(ranks[0].Buffers, ranks[1].Buffers);
    }

    private static async Task<StepRecorder[]> TrainAsync(SmallRun data, MemoryRing ring, byte[]? initial, int? batch = null)
    {
        // Only rank 0 is given the parameters: the others must take them over from it.
        var recorders = ring.Ranks.Select(rank => new StepRecorder(rank.Rank == 0 ? initial : null)).ToArray();
        await Task.WhenAll(ring.Ranks.Select(RunAsync)).WaitAsync(TimeSpan.FromMinutes(3));
        return recorders;

        async Task RunAsync(ICollective rank)
        {
            var request = data.Request(new RecordingObserver());
            var run = request.Run;
            try
            {
                await TrainingRun.Create(request with
                {
                    Run = run with { Data = run.Data with { Batch = batch ?? run.Data.Batch } },
                    Reduction = new RingReduction(rank),
                    Callbacks = [new DataParallel(rank, new ParallelSpec()), recorders[rank.Rank]],
                }).RunAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                // As a worker does: the others must not wait for it.
                rank.Abort(e.ToString());
                throw;
            }
        }
    }
}
