using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning.Finding;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

/// <summary>Runs whose learning rate is found first: <c>lr: auto</c>.</summary>
public sealed class FoundRateTests
{
    private static readonly TrainSpec Auto = new() { FindLearningRate = true, Momentum = 0.9, Epochs = 3, Seed = 5 };

    [Fact]
    public async Task RunAsync_AutoRate_EqualsTheRunWithThatRateGivenBitForBit()
    {
        using var searching = new SmallRun { Model = "lenet-relu", Train = Auto };
        var observer = new RecordingObserver();
        RunOutcome outcome = await searching.RunAsync(observer);
        double rate = Assert.Single(observer.LearningRates);

        using var given = new SmallRun { Model = "lenet-relu", Train = Auto with { FindLearningRate = false, LearningRate = rate } };
        var other = new RecordingObserver();
        await given.RunAsync(other);

        Assert.Equal(RunEnd.Finished, outcome.End);
        Assert.InRange(rate, 1e-6, 10);
        Assert.Equal(other.Epochs[^1].Checkpoint.WeightsHash, observer.Epochs[^1].Checkpoint.WeightsHash);
        Assert.All(observer.Epochs, epoch => Assert.Equal(rate, epoch.Metrics["found-learning-rate"]));
        Assert.All(other.Epochs, epoch => Assert.DoesNotContain("found-learning-rate", epoch.Metrics.Keys));
    }

    [Fact]
    public async Task FindLearningRateAsync_SameRun_GivesTheSameCurveAndTheRunsChoice()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = Auto };
        var observer = new RecordingObserver();
        await run.RunAsync(observer);

        RateCurve first = await FindAsync(run, new RateRange());
        RateCurve second = await FindAsync(run, new RateRange());

        Assert.Equal(first.Points, second.Points);
        Assert.Equal(Assert.Single(observer.LearningRates), first.Valley);
        Assert.Equal(1e-7, first.Points[0].Rate);
        // No step was made before it: the loss of ten classes, of a fresh network.
        Assert.InRange(first.Points[0].Loss, 2.0, 2.7);
    }

    [Fact]
    public async Task FindLearningRateAsync_OtherRange_TriesItsRates()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = Auto };

        RateCurve curve = await FindAsync(run, new RateRange { From = 1e-4, To = 1e-2, Steps = 12 });

        Assert.Equal(12, curve.Points.Count);
        Assert.All(curve.Points, (point, i) => Assert.Equal(1e-4 * Math.Pow(100, i / 12.0), point.Rate, 12));
    }

    [Fact]
    public async Task RunAsync_ResumedAutoRun_TakesTheRateFromItsCheckpoint()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = Auto };
        var undisturbed = new RecordingObserver();
        await run.RunAsync(undisturbed);
        var first = new RecordingObserver { Decide = _ => EpochDecision.Pause };
        RunOutcome paused = await run.RunAsync(first);

        var second = new RecordingObserver();
        await run.RunAsync(second, SmallRun.Read(paused.Checkpoint!));

        Assert.Empty(second.LearningRates);
        Assert.Equal(first.LearningRates[0], second.Epochs[^1].Metrics["found-learning-rate"]);
        Assert.Equal(undisturbed.Epochs[^1].Checkpoint.WeightsHash, second.Epochs[^1].Checkpoint.WeightsHash);
    }

    [Fact]
    public async Task RunAsync_StopDuringTheSearch_EndsWithoutACheckpoint()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = Auto };
        var observer = new RecordingObserver();
        TrainingRun training = TrainingRun.Create(run.Request(observer));

        training.RequestCheckpoint();
        RunOutcome outcome = await training.RunAsync(CancellationToken.None);

        Assert.Equal((RunEnd.Paused, 0L, null), (outcome.End, outcome.Step, outcome.Checkpoint));
        Assert.Empty(observer.Checkpoints);
    }

    // 75 examples in batches of 16: the slices of two ranks are uneven.
    [Fact]
    public async Task RunAsync_TwoRanks_AgreeOnTheRate()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = Auto };
        using var ring = new MemoryRing(2, new RingOptions());
        RecordingObserver[] observers = [new(), new()];
        TrainingRunRequest[] requests =
        [
            .. ring.Ranks.Select((rank, i) => run.Request(observers[i]) with
            {
                Reduction = new RingReduction(rank),
                Callbacks = [new DataParallel(rank, new ParallelSpec())],
            }),
        ];

        RateCurve[] curves = await Task.WhenAll(requests.Select(
            request => TrainingRun.Create(request).FindLearningRateAsync(new RateRange(), CancellationToken.None)));
        RunOutcome[] outcomes = await Task.WhenAll(requests.Select(request => TrainingRun.Create(request).RunAsync(CancellationToken.None)))
            .WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(curves[0].Points, curves[1].Points);
        Assert.All(outcomes, outcome => Assert.Equal((RunEnd.Finished, 15L), (outcome.End, outcome.Step)));
        // Here the ranks draw from one process's generator at once, so the second search starts from other weights than the first.
        double rate = Assert.Single(observers[0].LearningRates);
        Assert.All(observers[0].Epochs, epoch => Assert.Equal(rate, epoch.Metrics["found-learning-rate"]));
        Assert.Empty(observers[1].LearningRates);
    }

    private static Task<RateCurve> FindAsync(SmallRun run, RateRange range) =>
        TrainingRun.Create(run.Request(new RecordingObserver())).FindLearningRateAsync(range, CancellationToken.None);
}
