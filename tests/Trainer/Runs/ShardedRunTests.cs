using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

/// <summary>Several ranks of one run, joined in memory, against the same run on one rank.</summary>
public sealed class ShardedRunTests
{
    private static readonly TrainSpec Plain = new() { LearningRate = 0.05, Momentum = 0.9, Epochs = 4, Seed = 3 };

    private static readonly Dictionary<string, TrainSpec> Options = new()
    {
        ["plain"] = Plain,
        ["accumulate"] = Plain with { Accumulate = 2, LabelSmoothing = 0.1 },
        ["clip-and-ema"] = Plain with { Optimizer = "rmsprop", LearningRate = 0.001, ClipNorm = 0.5, Ema = 0.8 },
        ["plateau"] = Plain with { Schedule = "plateau", Patience = 0 },
    };

    // Epochs of 16, 16, 16, 16 and 11 examples: with 2 and 3 ranks the slices are uneven. Accumulating two, a step has 32, 32 and 11.
    [Theory]
    [InlineData(2, "plain", 20)]
    [InlineData(3, "plain", 20)]
    [InlineData(2, "accumulate", 12)]
    [InlineData(3, "accumulate", 12)]
    [InlineData(2, "clip-and-ema", 20)]
    [InlineData(3, "plateau", 20)]
    public async Task RunAsync_SeveralRanks_FollowsOneRankAtTheSameGlobalBatch(int ranks, string options, long steps)
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = Options[options] };
        CheckpointState start = await StartAsync(run);
        var alone = new RecordingObserver();
        await run.RunAsync(alone, start);

        var together = new RecordingObserver();
        RunOutcome[] outcomes = await RunAsync(run, ranks, together, start);

        Assert.All(outcomes, outcome => Assert.Equal((RunEnd.Finished, 4, steps), (outcome.End, outcome.Epoch, outcome.Step)));
        Assert.Equal(alone.Steps.Select(step => step.Step), together.Steps.Select(step => step.Step));
        Assert.All(alone.Steps.Zip(together.Steps), pair => Assert.Equal(pair.First.Values["train-loss"], pair.Second.Values["train-loss"], 1e-4));
        Assert.All(
            alone.Epochs.Zip(together.Epochs),
            pair => Assert.Equal(pair.First.Metrics["valid-loss"], pair.Second.Metrics["valid-loss"], 1e-4));
    }

    [Fact]
    public async Task RunAsync_OneOfTwoRanksAskedToStop_StopsBothAtTheSameStep()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = 0.05, Epochs = 4, Seed = 3 } };
        CheckpointState start = await StartAsync(run);
        var observer = new RecordingObserver();

        RunOutcome[] outcomes = await RunAsync(run, ranks: 2, observer, start, askRankOne: true);

        // Asked before it began, so the vote is in the first step after the checkpoint.
        Assert.All(outcomes, outcome => Assert.Equal((RunEnd.Paused, 1, 6L), (outcome.End, outcome.Epoch, outcome.Step)));
        Assert.Single(observer.Checkpoints);
    }

    private static async Task<CheckpointState> StartAsync(SmallRun run)
    {
        var observer = new RecordingObserver { Decide = _ => EpochDecision.Pause };
        RunOutcome outcome = await run.RunAsync(observer);
        return SmallRun.Read(outcome.Checkpoint!);
    }

    private static async Task<RunOutcome[]> RunAsync(
        SmallRun run, int ranks, RecordingObserver observer, CheckpointState start, bool askRankOne = false)
    {
        using var ring = new MemoryRing(ranks, new RingOptions());
        TrainingRun[] runs =
        [
            .. ring.Ranks.Select(rank => TrainingRun.Create(run.Request(observer, start) with
            {
                Reduction = new RingReduction(rank),
                Callbacks = [new DataParallel(rank, new ParallelSpec())],
            })),
        ];
        if (askRankOne)
            runs[1].RequestCheckpoint();
        return await Task.WhenAll(runs.Select(each => each.RunAsync(CancellationToken.None))).WaitAsync(TimeSpan.FromMinutes(2));
    }
}
