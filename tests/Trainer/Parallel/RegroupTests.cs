using System.Security.Cryptography;
using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;
using Granary.Trainer.Tests.Runs;

namespace Granary.Trainer.Tests.Parallel;

/// <summary>A rank is lost in each phase of a run: the run ends as an undisturbed one, to the last bit and report.</summary>
public sealed class RegroupTests
{
    private const int Ranks = 3;

    // 5 steps an epoch; the first one is in the checkpoint from which all begin.
    private static readonly TrainSpec Train = new()
    {
        LearningRate = 0.05,
        Momentum = 0.9,
        Epochs = 4,
        Seed = 3,
        WatchEvery = 2,
        Ema = 0.8,
        Schedule = "one-cycle",
    };

    [Theory]
    [InlineData(LossPhase.Forward, true)]
    [InlineData(LossPhase.Forward, false)]
    [InlineData(LossPhase.Backward, true)]
    [InlineData(LossPhase.Step, true)]
    [InlineData(LossPhase.Step, false)]
    [InlineData(LossPhase.Validation, true)]
    [InlineData(LossPhase.Validation, false)]
    [InlineData(LossPhase.Report, true)]
    [InlineData(LossPhase.Report, false)]
    public async Task RunAsync_RankLost_EndsAsUndisturbed(LossPhase phase, bool replaced)
    {
        using var run = new SmallRun { Train = Train };
        var start = await StartAsync(run);
        var undisturbed = new RegroupHarness(run, Ranks, start);
        var expected = await undisturbed.RunAsync(victim: 1, null, 0, replaced);

        var disturbed = new RegroupHarness(run, Ranks, start);
        var outcomes = await disturbed.RunAsync(victim: 1, phase, step: 8, replaced);

        Assert.Equal((1, 2), (undisturbed.Meetings, disturbed.Meetings));
        Assert.All(outcomes, outcome => Assert.Equal((RunEnd.Finished, 4, 20L), (outcome.End, outcome.Epoch, outcome.Step)));
        Assert.Equal(Hash(expected[0]), Hash(outcomes[0]));
        Assert.Equal(Steps(undisturbed), Steps(disturbed));
        Assert.Equal(Epochs(undisturbed), Epochs(disturbed));
    }

    // Rank 0 has moved the statistics of its normalisations when the ring breaks: the step that it makes again must not move them twice.
    [Fact]
    public async Task RunAsync_RingBreaksInRankZerosForward_EndsAsUndisturbed()
    {
        using var run = new SmallRun { Train = Train };
        var start = await StartAsync(run);
        var undisturbed = new RegroupHarness(run, Ranks, start);
        var expected = await undisturbed.RunAsync(victim: 0, null, 0, replaced: false);

        var disturbed = new RegroupHarness(run, Ranks, start);
        var outcomes = await disturbed.RunAsync(victim: 0, LossPhase.Forward, step: 6, replaced: false);

        Assert.Equal(2, disturbed.Meetings);
        Assert.Equal(Hash(expected[0]), Hash(outcomes[0]));
        Assert.Equal(Steps(undisturbed), Steps(disturbed));
    }

    private static async Task<CheckpointState> StartAsync(SmallRun run)
    {
        var observer = new RecordingObserver { Decide = _ => EpochDecision.Pause };
        return SmallRun.Read((await run.RunAsync(observer)).Checkpoint!);
    }

    private static string Hash(RunOutcome outcome) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(outcome.Checkpoint!.WeightsPath)));

    private static IEnumerable<(long, double, int)> Steps(RegroupHarness harness) =>
        harness.Observer.Steps.Select(step => (step.Step, step.Values["train-loss"], step.Layers.Count));

    private static IEnumerable<(int, long, double, double)> Epochs(RegroupHarness harness) =>
        harness.Observer.Epochs.Select(epoch => (epoch.Epoch, epoch.Step, epoch.Metrics["train-loss"], epoch.Metrics["valid-loss"]));
}
