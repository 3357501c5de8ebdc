using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;
using Granary.Trainer.Runs;
using TorchSharp;

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

    // In PyTorch 1.13, clip_grad_norm_ of 1 makes the first step of SGD at rate 1 as long as 1 (less the 1e-6 in its divisor).
    [Fact]
    public async Task RunAsync_ClipNorm_BoundsTheStep()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = 1, Epochs = 1, Seed = 3, ClipNorm = 1e-3 } };
        var walk = new Walk();

        await TrainingRun.Create(run.Request(new RecordingObserver()) with { Callbacks = [walk] }).RunAsync(CancellationToken.None);

        Assert.Equal(5, walk.Steps.Count);
        Assert.All(walk.Steps, step => Assert.Equal(1e-3, step, 1e-6));
        Assert.All(walk.Norms, norm => Assert.InRange(norm, 0.1, 100));
    }

    [Fact]
    public async Task RunAsync_ClipNormOutOfReach_ChangesNothing()
    {
        TrainSpec train = new() { LearningRate = 0.05, Epochs = 1, Seed = 3 };
        using var plain = new SmallRun { Model = "lenet-relu", Train = train };
        using var clipped = new SmallRun { Model = "lenet-relu", Train = train with { ClipNorm = 1e6 } };
        RecordingObserver one = new(), two = new();

        await plain.RunAsync(one);
        await clipped.RunAsync(two);

        Assert.Equal(one.Epochs[0].Metrics["valid-loss"], two.Epochs[0].Metrics["valid-loss"]);
    }

    [Fact]
    public async Task RunAsync_AverageThatKeepsNothing_IsTheWeights()
    {
        TrainSpec train = new() { LearningRate = 0.05, Epochs = 2, Seed = 3, Momentum = 0.9 };
        using var plain = new SmallRun { Train = train };
        using var averaged = new SmallRun { Train = train with { Ema = 0 } };
        RecordingObserver one = new(), two = new();

        await plain.RunAsync(one);
        await averaged.RunAsync(two);

        Assert.Equal(one.Epochs.Select(epoch => epoch.Metrics["valid-loss"]), two.Epochs.Select(epoch => epoch.Metrics["valid-loss"]));
        CheckpointState state = SmallRun.Read(two.Epochs[^1].Checkpoint);
        Assert.Equal(state.Tensors["conv1.weight"].Data.ToArray(), state.Tensors["ema.conv1.weight"].Data.ToArray());
        Assert.DoesNotContain(state.Tensors.Keys, name => name.StartsWith("ema.", StringComparison.Ordinal) && name.Contains("running", StringComparison.Ordinal));
    }

    // PyTorch's AveragedModel begins at the weights after the first update, and so does this average.
    [Fact]
    public async Task RunAsync_Average_FollowsTheWeightsByItsDecay()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = 0.05, Epochs = 1, Seed = 3, Ema = 0.7 } };
        var walk = new Walk();
        var observer = new RecordingObserver();

        await TrainingRun.Create(run.Request(observer) with { Callbacks = [walk] }).RunAsync(CancellationToken.None);

        double expected = walk.Weights.Skip(1).Aggregate((double)walk.Weights[0], (average, weight) => (0.7 * average) + (0.3 * weight));
        CheckpointState state = SmallRun.Read(observer.Epochs[0].Checkpoint);
        Assert.Equal(expected, BitConverter.ToSingle(state.Tensors["ema.conv1.weight"].Data.Span), 1e-6);
        Assert.Equal(walk.Weights[^1], BitConverter.ToSingle(state.Tensors["conv1.weight"].Data.Span));
    }

    [Fact]
    public async Task RunAsync_Average_IsWhatValidationMeasures()
    {
        TrainSpec train = new() { LearningRate = 0.05, Epochs = 1, Seed = 3, Momentum = 0.9, Ema = 0.7 };
        using var run = new SmallRun { Model = "lenet-relu", Train = train };
        var observer = new RecordingObserver();
        await run.RunAsync(observer);
        CheckpointState state = SmallRun.Read(observer.Epochs[0].Checkpoint);

        // The same run goes on from the averages, with steps that move nothing.
        using var still = new SmallRun { Model = "lenet-relu", Train = train with { Epochs = 2, LearningRate = Still, Momentum = 0, Ema = null } };
        var averages = state.Tensors.Where(tensor => !tensor.Key.StartsWith("optimizer.", StringComparison.Ordinal)).ToDictionary();
        foreach (string name in averages.Keys.Where(name => name.StartsWith("ema.", StringComparison.Ordinal)).ToArray())
            averages[name["ema.".Length..]] = averages[name];
        var second = new RecordingObserver();
        await still.RunAsync(second, state with { Tensors = averages });

        Assert.Equal(observer.Epochs[0].Metrics["valid-loss"], second.Epochs[0].Metrics["valid-loss"]);
        var trained = new RecordingObserver();
        await still.RunAsync(trained, state with { Tensors = state.Tensors.Where(tensor => !tensor.Key.StartsWith("ema.", StringComparison.Ordinal)).ToDictionary() });
        Assert.NotEqual(observer.Epochs[0].Metrics["valid-loss"], trained.Epochs[0].Metrics["valid-loss"]);
    }

    /// <summary>How far each step goes, its gradient's norm before clipping, and a weight after it.</summary>
    private sealed class Walk : Callback
    {
        private float[] _before = [];

        public override int Order => 99;

        public List<double> Steps { get; } = [];

        public List<double> Norms { get; } = [];

        public List<float> Weights { get; } = [];

        public override void BeforeBatch(Learner learner) => _before = Read(learner);

        public override void AfterStep(Learner learner)
        {
            float[] after = Read(learner);
            Steps.Add(Math.Sqrt(_before.Zip(after, (one, two) => ((double)one - two) * ((double)one - two)).Sum()));
            Norms.Add(learner.GradientNorm);
            Weights.Add(after[0]);
        }

        private static float[] Read(Learner learner)
        {
            using var vector = torch.nn.utils.parameters_to_vector(learner.Model.parameters());
            return vector.data<float>().ToArray();
        }
    }
}
