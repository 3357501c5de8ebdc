using System.CommandLine;
using System.Text.Json;
using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Explain;
using Granary.Trainer.Learning.Finding;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using Granary.Trainer.Tests.Checkpoints.PyTorch;
using Granary.Trainer.Tests.Explain;
using Granary.Trainer.Tools;

namespace Granary.Trainer.Tests.Runs;

/// <summary>Runs in bfloat16, channels-last, and both, against the same runs in float32.</summary>
public sealed class FormattedRunTests
{
    private static readonly TrainSpec Plain = new() { LearningRate = 0.05, Momentum = 0.9, Epochs = 4, Seed = 3, WatchEvery = 2 };
    private static readonly TrainSpec Everything = Plain with { Precision = "bf16", ChannelsLast = true, Accumulate = 2, Ema = 0.8, ClipNorm = 5 };

    // Rounding to 2^-9 is a disturbance of that size: in PyTorch's own arithmetic, weights disturbed by 2^-10 end twenty steps as far off.
    // The residual network is led slowly, because normalisation over a handful of numbers makes more of it with every step.
    [Theory]
    [InlineData("lenet-relu", 1, 0.05)]
    [InlineData("lenet-bn", 1, 0.05)]
    [InlineData("resnet18", 0.25, 3e-4)]
    public async Task RunAsync_BFloat16_LearnsAsFloat32Does(string model, double width, double rate)
    {
        TrainSpec train = Plain with { LearningRate = rate };
        RecordingObserver expected = await RunAsync(model, width, train);

        RecordingObserver actual = await RunAsync(model, width, train with { Precision = "bf16" });

        double[] single = Losses(expected), half = Losses(actual);
        Assert.Equal(20, half.Length);
        Assert.NotEqual(single, half);
        Assert.Equal(single[0], half[0], 0.02 * single[0]);
        Assert.True(half[^5..].Average() < 0.9 * half[..5].Average(), $"{half[..5].Average()} to {half[^5..].Average()}");
        Assert.Equal(single[^5..].Average(), half[^5..].Average(), 0.1 * single[^5..].Average());
    }

    [Theory]
    [InlineData("lenet-relu", 1, 1e-3)]
    [InlineData("resnet18", 0.125, 1e-5)]
    public async Task RunAsync_ChannelsLast_HasTheLossesOfThePlainOrder(string model, double width, double rate)
    {
        // So slow that what differs by float32's rounding stays so, on pictures large enough that the last layers normalise over 64 values and
        // not over 16, which makes more of any difference with every step.
        TrainSpec train = Plain with { LearningRate = rate };
        RecordingObserver expected = await RunAsync(model, width, train with { ChannelsLast = false }, residualSize: 64);

        RecordingObserver actual = await RunAsync(model, width, train with { ChannelsLast = true }, residualSize: 64);

        Assert.Equal(20, actual.Steps.Count);
        Assert.All(Losses(expected).Zip(Losses(actual)), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        Assert.Equal(expected.Epochs[^1].Metrics["valid-loss"], actual.Epochs[^1].Metrics["valid-loss"], 1e-3);
    }

    [Fact]
    public async Task RunAsync_BFloat16_KeepsFloat32InCheckpoints()
    {
        using var run = new SmallRun { Train = Everything };
        var observer = new RecordingObserver();
        await run.RunAsync(observer);

        CheckpointState state = SmallRun.Read(observer.Epochs[^1].Checkpoint);

        Assert.Contains("ema.conv1.weight", state.Tensors.Keys);
        Assert.Contains("optimizer.momentum.conv1.weight", state.Tensors.Keys);
        Assert.All(
            state.Tensors,
            tensor => Assert.Equal(tensor.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? "I64" : "F32", tensor.Value.Type));
        // Float32's lower half is in use: the weights were never rounded.
        Assert.Contains(state.Tensors["conv1.weight"].Values<float>(), weight => BFloat16.Round(weight) != weight);
        Assert.Equal(("bf16", (bool?)true), (state.Run.Train.Precision, state.Run.Train.ChannelsLast));
    }

    // With 3 steps an epoch: within one, and at its end.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task RunAsync_PausedAndResumed_EndsBitForBitAsUndisturbed(int pauseAt)
    {
        using var small = new SmallRun { Train = Everything };
        var undisturbed = new RecordingObserver();
        await small.RunAsync(undisturbed);
        var first = new RecordingObserver();
        var run = TrainingRun.Create(small.Request(first));
        first.WhenStep = step =>
        {
            if (step.Step == pauseAt)
                run.RequestCheckpoint();
        };
        RunOutcome paused = await run.RunAsync(CancellationToken.None);
        var second = new RecordingObserver();

        RunOutcome outcome = await small.RunAsync(second, SmallRun.Read(paused.Checkpoint!));

        Assert.Equal((RunEnd.Paused, pauseAt + 1L, 12L), (paused.End, paused.Step, outcome.Step));
        IReadOnlyDictionary<string, TensorData> expected = SmallRun.Read(undisturbed.Epochs[^1].Checkpoint).Tensors;
        IReadOnlyDictionary<string, TensorData> actual = SmallRun.Read(second.Epochs[^1].Checkpoint).Tensors;
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, tensor => Assert.True(tensor.Value.Data.Span.SequenceEqual(actual[tensor.Key].Data.Span), $"{tensor.Key} differs"));
    }

    // Batches of 16 in slices of 8, in steps of two; every rank sums float32 gradients. A rank rounds those of its slice: of logits of a few
    // units, bfloat16 keeps a hundredth, and normalisation over few numbers makes more of what is lost.
    [Theory]
    [InlineData("lenet-relu", 0.01)]
    [InlineData("lenet-bn", 0.1)]
    public async Task RunAsync_TwoRanksWithEverything_FollowOneRank(string model, double tolerance)
    {
        using var small = new SmallRun { Model = model, Train = Everything with { LearningRate = 0.01 } };
        var start = new RecordingObserver { Decide = _ => EpochDecision.Pause };
        CheckpointState state = SmallRun.Read((await small.RunAsync(start)).Checkpoint!);
        var alone = new RecordingObserver();
        await small.RunAsync(alone, state);
        using var ring = new MemoryRing(2, new RingOptions());
        var together = new RecordingObserver();
        IEnumerable<Task<RunOutcome>> ranks = ring.Ranks.Select(rank => TrainingRun.Create(small.Request(together, state) with
        {
            Reduction = new RingReduction(rank),
            Callbacks = [new DataParallel(rank, new ParallelSpec { SyncBatchNorm = true })],
        }).RunAsync(CancellationToken.None));

        RunOutcome[] outcomes = await Task.WhenAll(ranks).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.All(outcomes, outcome => Assert.Equal((RunEnd.Finished, 12L), (outcome.End, outcome.Step)));
        Assert.Equal(9, together.Steps.Count);
        Assert.All(Losses(alone).Zip(Losses(together)), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Fact]
    public async Task RunAsync_BFloat16_WatchesWhatFloat32Shows()
    {
        RecordingObserver expected = await RunAsync("lenet-bn", 1, Plain);

        RecordingObserver actual = await RunAsync("lenet-bn", 1, Plain with { Precision = "bf16", ChannelsLast = true });

        var single = expected.Steps[0].Layers;
        var half = actual.Steps[0].Layers;
        Assert.Equal(single.Select(layer => (layer.Layer, layer.Kind)), half.Select(layer => (layer.Layer, layer.Kind)));
        Assert.All(single.Zip(half), pair =>
        {
            Assert.Equal(pair.First.StandardDeviation, pair.Second.StandardDeviation, 0.02 * pair.First.StandardDeviation);
            Assert.Equal(pair.First.NearZero, pair.Second.NearZero, 0.05);
            Assert.Equal(pair.First.WeightNorm, pair.Second.WeightNorm);
        });
    }

    [Fact]
    public async Task FindLearningRateAsync_WithEverything_FindsOne()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = Everything with { LearningRate = null, FindLearningRate = true } };

        RateCurve curve = await TrainingRun.Create(run.Request(new RecordingObserver()))
            .FindLearningRateAsync(new RateRange(), CancellationToken.None);

        Assert.True(curve.Complete);
        Assert.InRange(curve.Valley!.Value, 1e-6, 10);
    }

    [Fact]
    public async Task ExplainAndExport_OfARunWithEverything_ReadItsCheckpoint()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = Everything with { Ema = null } };
        using var folder = new TemporaryFolder();
        var observer = new RecordingObserver();
        RunOutcome outcome = await run.RunAsync(observer);
        string checkpoints = Path.GetDirectoryName(outcome.Checkpoint!.WeightsPath)!;

        (int code, string error) = await ExplainRun.ExplainAsync(checkpoints, "--last", "--out", folder.File("explained"));
        using var exportError = new StringWriter();
        int exported = await ToolRunner.RunAsync(
            new RootCommand { ExportCommand.Create() }, ["export", checkpoints, "--to", folder.File("net.safetensors")], exportError, CancellationToken.None);

        Assert.Equal((0, "", 0, ""), (code, error, exported, exportError.ToString()));
        Assert.All(
            new[] { "grad-cam.png", "kernels.png", "features-conv1.png", "confusion.png" },
            name => Assert.True(File.Exists(Path.Combine(folder.File("explained"), name)), name));
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.File("explained"), ExplainReport.FileName)));
        Assert.Equal(observer.Epochs[^1].Metrics["valid-accuracy"], report.RootElement.GetProperty("valid-accuracy").GetDouble(), 6);
        IReadOnlyDictionary<string, TensorData> net =
            SafetensorsReader.Read(await File.ReadAllBytesAsync(folder.File("net.safetensors")), "net.safetensors").Tensors;
        Assert.All(net.Values, tensor => Assert.Equal("F32", tensor.Type));
        Assert.Equal([6L, 1, 5, 5], net["conv1.weight"].Shape);
    }

    private static async Task<RecordingObserver> RunAsync(string model, double width, TrainSpec train, int residualSize = 32)
    {
        using var run = new SmallRun
        {
            Model = model,
            Options = new ModelSpec { Width = width },
            Data = new DataSpec { Set = "fashion-mnist", Resize = model == "resnet18" ? residualSize : null },
            Train = train,
        };
        var observer = new RecordingObserver();
        RunOutcome outcome = await run.RunAsync(observer);
        Assert.Equal(RunEnd.Finished, outcome.End);
        return observer;
    }

    private static double[] Losses(RecordingObserver observer) => [.. observer.Steps.Select(step => step.Values["train-loss"])];
}
