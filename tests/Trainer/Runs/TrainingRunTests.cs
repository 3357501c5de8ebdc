using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

public sealed class TrainingRunTests
{
    [Fact]
    public async Task RunAsync_ToTheEnd_ReportsEveryStepAndEpoch()
    {
        using var run = new SmallRun();
        var observer = new RecordingObserver();

        RunOutcome outcome = await run.RunAsync(observer);

        Assert.Equal((RunEnd.Finished, 3, 15L), (outcome.End, outcome.Epoch, outcome.Step));
        Assert.Equal(Enumerable.Range(1, 15).Select(step => (long)step), observer.Steps.Select(step => step.Step));
        Assert.Equal([(1, 5L, false), (2, 10L, false), (3, 15L, true)], observer.Epochs.Select(epoch => (epoch.Epoch, epoch.Step, epoch.Last)));
        Assert.Equal(0.2, observer.Steps[0].Epoch, 12);
        string[] names = ["examples-per-second", "learning-rate", "seconds", "train-accuracy", "train-loss", "valid-accuracy", "valid-loss"];
        Assert.All(observer.Epochs, epoch => Assert.Equal(names, epoch.Metrics.Keys.Order()));
        Assert.Empty(observer.Checkpoints);
    }

    [Fact]
    public async Task RunAsync_EpochMetrics_AreMeansOverExamplesNotOverBatches()
    {
        using var run = new SmallRun();
        var observer = new RecordingObserver();

        await run.RunAsync(observer);

        // Batches of 16, 16, 16, 16 and 11.
        int[] sizes = [16, 16, 16, 16, 11];
        double loss = observer.Steps.Take(5).Zip(sizes, (step, size) => step.Values["train-loss"] * size).Sum() / 75;
        Assert.Equal(loss, observer.Epochs[0].Metrics["train-loss"], 6);
    }

    [Fact]
    public async Task RunAsync_WatchEveryTwo_SamplesEveryLayerAtTheFirstAndEverySecondStep()
    {
        using var run = new SmallRun();
        var observer = new RecordingObserver();

        await run.RunAsync(observer);

        Assert.Equal([1L, 3, 5, 7, 9, 11, 13, 15], observer.Steps.Where(step => step.Layers.Count > 0).Select(step => step.Step));
        Assert.Equal(
            ["conv1", "bn1", "sigmoid1", "conv2", "bn2", "sigmoid2", "fc1", "bn3", "sigmoid3", "fc2", "bn4", "sigmoid4", "fc3"],
            observer.Steps[0].Layers.Select(layer => layer.Layer));
        Assert.All(
            observer.Steps[0].Layers.Where(layer => layer.Kind == "Sigmoid"), layer => Assert.InRange(layer.Mean, 0.3, 0.7));
    }

    // The run stops one step later: after 4 and 9 that is between an epoch's last batch and its validation.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(14)]
    public Task RunAsync_PausedAndResumed_EndsBitForBitAsUndisturbed(int pauseAt) => EndsAsUndisturbedAsync(new SmallRun(), pauseAt);

    // Everything that draws numbers: dropout, and the pictures' augmentation.
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(11)]
    public Task RunAsync_DropoutAndAugmentation_ResumesBitForBit(int pauseAt) => EndsAsUndisturbedAsync(
        new SmallRun
        {
            Options = new() { Dropout = 0.3 },
            Data = new()
            {
                Set = "fashion-mnist",
                Flip = true,
                CropPadding = 3,
                RandomResizedCrop = 0.6,
                Rotate = 15,
                Jitter = 0.2,
            },
        },
        pauseAt);

    // Everything that a checkpoint keeps besides weights and momentum: both moments, the moving average, what the plateau has seen.
    [Theory]
    [InlineData("adam", "plateau", 1)]
    [InlineData("adamw", "cosine-restarts", 2)]
    [InlineData("rmsprop", "step", 2)]
    public async Task RunAsync_OtherOptimizersAndSchedules_ResumeBitForBit(string optimizer, string schedule, int accumulate)
    {
        TrainSpec train = new()
        {
            Optimizer = optimizer,
            LearningRate = 0.01,
            Momentum = 0.5,
            Epochs = 6,
            Schedule = schedule,
            StepEpochs = 2,
            RestartEpochs = 2,
            Patience = 0,
            WarmUp = 1,
            Ema = 0.9,
            Accumulate = accumulate,
            LabelSmoothing = 0.1,
            ClipNorm = 1,
            Seed = 11,
        };
        foreach (int pauseAt in new[] { 2, 7, 13 })
            await EndsAsUndisturbedAsync(new SmallRun { Train = train }, pauseAt);
    }

    [Fact]
    public async Task RunAsync_TwiceTheSame_GivesTheSameCheckpoint()
    {
        using var run = new SmallRun();
        var first = new RecordingObserver();
        var second = new RecordingObserver();

        await run.RunAsync(first);
        await run.RunAsync(second);

        Assert.Equal(first.Epochs[^1].Checkpoint.WeightsHash, second.Epochs[^1].Checkpoint.WeightsHash);
    }

    [Theory]
    [InlineData(EpochDecision.Stop, RunEnd.StoppedByScheduler)]
    [InlineData(EpochDecision.Pause, RunEnd.Paused)]
    public async Task RunAsync_ObserverAnswersOtherwise_EndsAfterThatEpoch(object decision, object end)
    {
        using var run = new SmallRun();
        var observer = new RecordingObserver { Decide = epoch => epoch.Epoch == 2 ? (EpochDecision)decision : EpochDecision.Continue };

        RunOutcome outcome = await run.RunAsync(observer);

        Assert.Equal(((RunEnd)end, 2, 10L), (outcome.End, outcome.Epoch, outcome.Step));
        Assert.Equal(observer.Epochs[^1].Checkpoint, outcome.Checkpoint);
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsWithoutACheckpoint()
    {
        using var run = new SmallRun();
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver { WhenStep = step => source.Cancel() };

        Task<RunOutcome> running = TrainingRun.Create(run.Request(observer)).RunAsync(source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(observer.Epochs);
    }

    [Fact]
    public async Task RunAsync_ManyEpochs_KeepsTheLastTwoCheckpointsAndTheBest()
    {
        using var run = new SmallRun { Model = "lenet-bn", Train = new() { LearningRate = 0.3, Epochs = 6, Seed = 11 } };
        var observer = new RecordingObserver();

        await run.RunAsync(observer);

        EpochResult best = observer.Epochs.MaxBy(epoch => epoch.Metrics["valid-accuracy"])!;
        IEnumerable<string> expected = observer.Epochs.TakeLast(2).Append(best).Select(epoch => epoch.Checkpoint.WeightsPath).Distinct().Order();
        Assert.Equal(expected, Directory.GetFiles(Path.GetDirectoryName(best.Checkpoint.WeightsPath)!, "*.safetensors").Order());
    }

    [Fact]
    public async Task RunAsync_CheckpointOfOtherData_NamesTheSetting()
    {
        using var run = new SmallRun();
        var observer = new RecordingObserver();
        await run.RunAsync(observer);
        CheckpointState state = SmallRun.Read(observer.Epochs[^1].Checkpoint);
        CheckpointState other = state with { Run = state.Run with { Data = state.Run.Data with { Batch = 8 } } };

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => run.RunAsync(new RecordingObserver(), other));

        Assert.Contains("data.batch = 8; this run has 16", error.Message, StringComparison.Ordinal);
    }

    private static async Task EndsAsUndisturbedAsync(SmallRun small, int pauseAt)
    {
        using SmallRun run = small;
        var undisturbed = new RecordingObserver();
        RunOutcome whole = await run.RunAsync(undisturbed);

        (RunOutcome paused, RecordingObserver first) = await PauseAsync(run, pauseAt);
        var second = new RecordingObserver();
        RunOutcome outcome = await run.RunAsync(second, SmallRun.Read(paused.Checkpoint!));

        Assert.Equal(RunEnd.Paused, paused.End);
        Assert.Equal(paused.Checkpoint, first.Checkpoints[^1]);
        Assert.Equal(pauseAt + 1, paused.Step);
        Assert.Equal((RunEnd.Finished, whole.Step), (outcome.End, outcome.Step));
        Assert.Equal(undisturbed.Steps.Select(step => step.Step), first.Steps.Concat(second.Steps).Select(step => step.Step));
        AssertSameTensors(SmallRun.Read(undisturbed.Epochs[^1].Checkpoint), SmallRun.Read(second.Epochs[^1].Checkpoint));
        Assert.Equal(Results(undisturbed), [.. Results(first), .. Results(second)]);
    }

    private static async Task<(RunOutcome Outcome, RecordingObserver Observer)> PauseAsync(SmallRun small, int pauseAt)
    {
        var observer = new RecordingObserver();
        TrainingRun run = TrainingRun.Create(small.Request(observer));
        // A step's vote is cast when it begins, so asking after step n stops the run after step n + 1.
        observer.WhenStep = step =>
        {
            if (step.Step == pauseAt)
                run.RequestCheckpoint();
        };
        return (await run.RunAsync(CancellationToken.None), observer);
    }

    private static IEnumerable<(int Epoch, double TrainLoss, double ValidLoss, double ValidAccuracy)> Results(RecordingObserver observer) =>
        observer.Epochs.Select(epoch => (
            epoch.Epoch, epoch.Metrics["train-loss"], epoch.Metrics["valid-loss"], epoch.Metrics["valid-accuracy"]));

    private static void AssertSameTensors(CheckpointState expected, CheckpointState actual)
    {
        Assert.Equal(expected.Tensors.Keys.Order(), actual.Tensors.Keys.Order());
        Assert.Contains(expected.Tensors.Keys, name => name.StartsWith("optimizer.", StringComparison.Ordinal));
        Assert.All(expected.Tensors, tensor => Assert.True(
            tensor.Value.Data.Span.SequenceEqual(actual.Tensors[tensor.Key].Data.Span), $"{tensor.Key} differs"));
    }
}
