using Granary.Specs;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

public sealed class TrainingOptionsTests
{
    // So small that no float32 weight moves.
    private const double Still = 1e-30;

    // 75 pictures: 16, 16, 16, 16, 11 make steps of 32, 32 and 11 either way, over the same order of examples.
    [Fact]
    public async Task RunAsync_AccumulatingTwoBatches_TakesTheStepsOfTheDoubleBatch()
    {
        TrainSpec train = new() { LearningRate = 0.05, Momentum = 0.9, Epochs = 4, Seed = 3, Schedule = "cosine" };
        using var single = new SmallRun { Model = "lenet-relu", Batch = 32, Train = train };
        using var halves = new SmallRun { Model = "lenet-relu", Batch = 16, Train = train with { Accumulate = 2 } };
        RecordingObserver expected = new(), actual = new();

        await single.RunAsync(expected);
        RunOutcome outcome = await halves.RunAsync(actual);

        Assert.Equal((RunEnd.Finished, 12L), (outcome.End, outcome.Step));
        Assert.Equal(expected.Steps.Select(step => step.Step), actual.Steps.Select(step => step.Step));
        foreach ((StepResult one, StepResult two) in expected.Steps.Zip(actual.Steps))
        {
            Assert.Equal(one.Values["train-loss"], two.Values["train-loss"], 1e-5);
            Assert.Equal(one.Values["train-accuracy"], two.Values["train-accuracy"], 1e-6);
            Assert.Equal(one.Values["learning-rate"], two.Values["learning-rate"]);
        }
    }

    [Fact]
    public async Task RunAsync_LabelSmoothing_CountsInTrainingAndNotInValidation()
    {
        TrainSpec train = new() { LearningRate = Still, Epochs = 1, Seed = 3 };
        using var plain = new SmallRun { Model = "lenet-relu", Train = train };
        using var smooth = new SmallRun { Model = "lenet-relu", Train = train with { LabelSmoothing = 0.5 } };
        RecordingObserver one = new(), two = new();

        await plain.RunAsync(one);
        await smooth.RunAsync(two);

        Assert.Equal(one.Epochs[0].Metrics["valid-loss"], two.Epochs[0].Metrics["valid-loss"]);
        Assert.NotEqual(one.Epochs[0].Metrics["train-loss"], two.Epochs[0].Metrics["train-loss"], 1e-4);
    }

    [Fact]
    public async Task RunAsync_ObjectiveStandsStill_StopsEarlyAndSaysSo()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = Still, Epochs = 9, EarlyStop = 2, Seed = 3 } };
        var observer = new RecordingObserver();

        RunOutcome outcome = await run.RunAsync(observer);

        Assert.Equal((RunEnd.StoppedEarly, 3, 15L), (outcome.End, outcome.Epoch, outcome.Step));
        Assert.StartsWith("Stopped early: valid-accuracy got no better in 2 epochs; epoch 1 was the best with 0.", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal([false, false, true], observer.Epochs.Select(epoch => epoch.Last));
    }

    [Fact]
    public async Task RunAsync_ResumedAfterAnEarlyStop_EndsAtOnce()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = Still, Epochs = 9, EarlyStop = 2, Seed = 3 } };
        RunOutcome first = await run.RunAsync(new RecordingObserver());
        var observer = new RecordingObserver();

        RunOutcome second = await run.RunAsync(observer, SmallRun.Read(first.Checkpoint!));

        Assert.Equal((RunEnd.StoppedEarly, 15L, first.Reason), (second.End, second.Step, second.Reason));
        Assert.Empty(observer.Steps);
    }

    [Fact]
    public async Task RunAsync_ObjectiveStandsStill_PlateauLowersTheRate()
    {
        TrainSpec train = new()
        {
            LearningRate = Still,
            Epochs = 6,
            Schedule = "plateau",
            Patience = 1,
            Gamma = 0.5,
            Seed = 3,
        };
        using var run = new SmallRun { Model = "lenet-relu", Train = train };
        var observer = new RecordingObserver();

        await run.RunAsync(observer);

        // Epoch 1 is the best; 2 and 3 are no better, so the fourth goes on with half, and so the sixth.
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.25], observer.Epochs.Select(epoch => Math.Round(epoch.Metrics["learning-rate"] / Still, 9)));
    }
}
