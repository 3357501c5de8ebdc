using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Models;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using Granary.Trainer.Tests.Runs;

namespace Granary.Trainer.Tests.Parallel;

public sealed class ParallelOptionsTests
{
    [Fact]
    public void Ring_OfEachWire_TravelsThatWay() => Assert.Equal(
        [WireType.Float32, WireType.BFloat16, WireType.Float16],
        new[] { "fp32", "bf16", "fp16" }.Select(wire => new ParallelSpec { Wire = wire }.Ring().Wire));

    [Fact]
    public void Ring_OfStreams_OpensThatMany() => Assert.Equal(4, new ParallelSpec { Streams = 4 }.Ring().Streams);

    [Fact]
    public void Ring_OfASilence_WaitsThatLong() =>
        Assert.Equal(TimeSpan.FromSeconds(7.5), new ParallelSpec { Silence = 7.5 }.Ring().Silence);

    // Backwards: fc3 and fc2 with 850 + 10,164 numbers make 44,056 bytes, fc1 192,480, the convolutions 2,572 numbers.
    [Theory]
    [InlineData(25, 1, new[] { 61_706L })]
    [InlineData(0.0625, 0.03, new[] { 11_014L, 48_120L, 2_572L })]
    public void BucketPlan_OfItsSizes_DividesTheNetwork(double megabytes, double first, long[] numbers)
    {
        var spec = new ParallelSpec { BucketMb = megabytes, FirstBucketMb = first };
        using var network = ModelFactory.Create("lenet-relu", new ModelShape(1, 10, 28));

        var plans = BucketPlan.Of(network, spec.BucketBytes(), spec.FirstBucketBytes());

        Assert.Equal(numbers, plans.Select(plan => plan.Parameters.Sum(parameter => parameter.NumberOfElements)));
    }

    [Theory]
    [InlineData("none", 0.05)]
    [InlineData("linear", 0.1)]
    public async Task RunAsync_TwoRanks_TakeTheRateThatTheFileAsksFor(string scale, double expected)
    {
        using var data = new SmallRun { Model = "lenet-relu", Train = new TrainSpec { LearningRate = 0.05, Epochs = 1, Seed = 3 } };
        using var ring = new MemoryRing(2, new RingOptions());
        var observer = new RecordingObserver();
        var spec = new ParallelSpec { ScaleLr = scale };

        await Task.WhenAll(ring.Ranks.Select(RunAsync)).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(5, observer.Steps.Count);
        Assert.All(observer.Steps, step => Assert.Equal(expected, step.Values["learning-rate"], 12));
        // From the second step on the first one's times are known, of both ranks.
        Assert.All(observer.Steps.Skip(1), step => Assert.True(step.Values["rank-1-forward-seconds"] > 0));
        Assert.All(observer.Steps, step => Assert.Equal(61_706 * sizeof(float), step.Values["reduce-bytes"]));

        Task<RunOutcome> RunAsync(ICollective rank)
        {
            var request = data.Request(observer);
            return TrainingRun.Create(request with
            {
                Run = request.Run with { Parallel = spec },
                Reduction = new RingReduction(rank),
                Callbacks = RankCallbacks.Of(rank, spec),
            }).RunAsync(CancellationToken.None);
        }
    }
}
