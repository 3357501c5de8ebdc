using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Runs;

public sealed class DivergenceTests
{
    [Fact]
    public async Task RunAsync_WeightsGrowWithoutBound_NamesStepRateAndLayer()
    {
        // The L2 penalty alone multiplies each weight by 1 - 100 at every step.
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = 100, WeightDecay = 1, Epochs = 20, Seed = 1 } };

        RunOutcome outcome = await run.RunAsync(new RecordingObserver());

        Assert.Equal(RunEnd.Failed, outcome.End);
        Assert.Contains($"at step {outcome.Step + 1} with learning rate 100.", outcome.Reason, StringComparison.Ordinal);
        Assert.Matches(@"(conv|relu|pool|fc)\S* was the first", outcome.Reason);
    }

    // Filled with what, before step 3, and what is said of it.
    [Theory]
    [InlineData("conv2.weight", double.NaN, "conv2.weight was the first of the weights that were not finite before the step.")]
    [InlineData("fc1.bias", double.PositiveInfinity, "fc1.bias was the first of the weights that were not finite before the step.")]
    [InlineData("conv2.weight", 3e38, "conv2 was the first layer whose output was not finite; all weights were.")]
    public async Task RunAsync_OneTensorIsSpoilt_NamesIt(string name, double value, string expected)
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = 0.05, Epochs = 2, Seed = 1, Accumulate = 2 } };
        var spoil = new Spoil(step: 2, learner => Fill(learner, name, value));

        RunOutcome outcome = await TrainingRun.Create(run.Request(new RecordingObserver()) with { Callbacks = [spoil] })
            .RunAsync(CancellationToken.None);

        Assert.Equal((RunEnd.Failed, 2L), (outcome.End, outcome.Step));
        Assert.StartsWith("The training loss became NaN at step 3 with learning rate 0.05. " + expected, outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LogitsTooFarApart_SaysThatTheLayersWereFinite()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = 0.05, Epochs = 2, Seed = 1 } };
        var spoil = new Spoil(step: 2, learner => FillHalf(learner, "fc3.bias", 3e38));

        RunOutcome outcome = await TrainingRun.Create(run.Request(new RecordingObserver()) with { Callbacks = [spoil] })
            .RunAsync(CancellationToken.None);

        Assert.Equal(RunEnd.Failed, outcome.End);
        Assert.Contains("Every layer's output was finite; the logits are too far apart for the loss.", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ClippedGradientsNotFinite_EndsBeforeTheyReachTheWeights()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = 0.05, Epochs = 2, Seed = 1, ClipNorm = 1 } };
        var spoil = new Spoil(step: 2, _ => { }, learner =>
        {
            foreach (var (name, parameter) in learner.Model.named_parameters())
            {
                if (name.StartsWith("fc2", StringComparison.Ordinal))
                    parameter.grad!.fill_(double.NaN);
            }
        });

        RunOutcome outcome = await TrainingRun.Create(run.Request(new RecordingObserver()) with { Callbacks = [spoil] })
            .RunAsync(CancellationToken.None);

        Assert.Equal((RunEnd.Failed, 2L), (outcome.End, outcome.Step));
        Assert.StartsWith(
            "The training gradients were not finite at step 3 with learning rate 0.05. The gradient of fc2.weight was the first",
            outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OnlyOneRankSeesIt_BothEndWithTheSameReason()
    {
        using var run = new SmallRun { Model = "lenet-relu", Train = new() { LearningRate = 0.05, Epochs = 2, Seed = 1 } };
        using var ring = new MemoryRing(2, new RingOptions());
        var overflow = new Spoil(step: 2, learner => Overflow(learner, "fc1"));

        RunOutcome[] outcomes = await Task.WhenAll(ring.Ranks.Select(rank => TrainingRun.Create(run.Request(new RecordingObserver()) with
        {
            Reduction = new RingReduction(rank),
            Callbacks = rank.Rank == 0 ? [new DataParallel(rank, new ParallelSpec())] : [new DataParallel(rank, new ParallelSpec()), overflow],
        }).RunAsync(CancellationToken.None))).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Contains("fc1 was the first layer whose output was not finite", outcomes[0].Reason, StringComparison.Ordinal);
        Assert.Equal(
            (outcomes[0].End, outcomes[0].Step, outcomes[0].Reason), (outcomes[1].End, outcomes[1].Step, outcomes[1].Reason));
    }

    private static void Fill(Learner learner, string name, double value)
    {
        using (no_grad())
            learner.Model.named_parameters().Single(entry => entry.name == name).parameter.fill_(value);
    }

    private static void FillHalf(Learner learner, string name, double value)
    {
        using (no_grad())
        {
            Tensor parameter = learner.Model.named_parameters().Single(entry => entry.name == name).parameter;
            parameter.narrow(0, 0, 5).fill_(value);
            parameter.narrow(0, 5, 5).fill_(-value);
        }
    }

    private static void Overflow(Learner learner, string layer)
    {
        var module = (nn.Module<Tensor, Tensor>)learner.Model.named_modules().Single(entry => entry.name == layer).module;
        module.register_forward_hook((_, _, output) => output * double.PositiveInfinity);
    }

    /// <summary>Does harm once, when the given number of steps are completed.</summary>
    private sealed class Spoil(long step, Action<Learner> before, Action<Learner>? after = null) : Callback
    {
        public override int Order => 20;

        public override void BeforeBatch(Learner learner)
        {
            if (learner.Position.Step == step)
                before(learner);
        }

        public override void AfterBackward(Learner learner)
        {
            if (learner.Position.Step == step)
                after?.Invoke(learner);
        }
    }
}
