using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

public sealed class FrozenRunTests
{
    private static readonly string[] Trained = ["fc1", "bn3", "fc2", "bn4", "fc3"];

    [Fact]
    public async Task RunAsync_FrozenConvolutions_StayAsDrawnAndHaveNoMomentum()
    {
        using var run = new SmallRun { Options = new() { Freeze = "pool2" } };
        var observer = new RecordingObserver();

        await run.RunAsync(observer);

        CheckpointState first = SmallRun.Read(observer.Epochs[^2].Checkpoint);
        CheckpointState last = SmallRun.Read(observer.Epochs[^1].Checkpoint);
        IEnumerable<string> changed = last.Tensors.Keys.Where(name => !Same(first, last, name)).Where(name => !name.StartsWith("optimizer.", StringComparison.Ordinal));
        Assert.Equal(Trained.Order(), changed.Select(name => name.Split('.')[0]).Distinct().Order());
        Assert.Equal(
            Trained.Order(),
            last.Tensors.Keys.Where(name => name.StartsWith("optimizer.momentum.", StringComparison.Ordinal))
                .Select(name => name.Split('.')[2]).Distinct().Order());
    }

    [Fact]
    public async Task RunAsync_FrozenPausedAndResumed_EndsBitForBitAsUndisturbed()
    {
        using var run = new SmallRun { Options = new() { Freeze = "pool2" } };
        var undisturbed = new RecordingObserver();
        await run.RunAsync(undisturbed);
        var paused = new RecordingObserver { Decide = epoch => epoch.Epoch == 1 ? EpochDecision.Pause : EpochDecision.Continue };
        RunOutcome half = await run.RunAsync(paused);
        var resumed = new RecordingObserver();

        await run.RunAsync(resumed, SmallRun.Read(half.Checkpoint!));

        CheckpointState expected = SmallRun.Read(undisturbed.Epochs[^1].Checkpoint);
        CheckpointState actual = SmallRun.Read(resumed.Epochs[^1].Checkpoint);
        Assert.Equal(expected.Tensors.Keys.Order(), actual.Tensors.Keys.Order());
        Assert.All(expected.Tensors.Keys, name => Assert.True(Same(expected, actual, name), $"{name} differs"));
    }

    [Fact]
    public async Task RunAsync_ResumedWithOtherFreeze_NamesTheSetting()
    {
        using var run = new SmallRun();
        var observer = new RecordingObserver();
        await run.RunAsync(observer);
        CheckpointState state = SmallRun.Read(observer.Epochs[^1].Checkpoint);
        CheckpointState other = state with { Run = state.Run with { Model = state.Run.Model with { Freeze = "body" } } };

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => run.RunAsync(new RecordingObserver(), other));

        Assert.Contains("model.freeze = body; this run has none", error.Message, StringComparison.Ordinal);
    }

    // Transfer learning: what one run learnt, a fresh last layer on top of it, and only that is trained.
    [Fact]
    public async Task RunAsync_PretrainedBodyAndFreshHead_TrainsTheHeadAlone()
    {
        using var source = new SmallRun();
        var learnt = new RecordingObserver();
        await source.RunAsync(learnt);
        CheckpointFiles weights = learnt.Epochs[^1].Checkpoint;
        using var run = new SmallRun { Options = new() { Pretrained = weights.WeightsPath, Head = 12, Freeze = "body" } };
        var observer = new RecordingObserver();

        await run.RunAsync(observer);

        CheckpointState before = SmallRun.Read(weights);
        CheckpointState after = SmallRun.Read(observer.Epochs[^1].Checkpoint);
        string[] body = [.. before.Tensors.Keys.Where(name => !name.StartsWith("fc3.", StringComparison.Ordinal) && !name.Contains("momentum", StringComparison.Ordinal))];
        Assert.Equal(28, body.Length);
        Assert.All(body, name => Assert.True(Same(before, after, name), $"{name} differs"));
        Assert.Equal([12L, 84], after.Tensors["fc3.weight"].Shape);
        Assert.Equal(["optimizer.momentum.fc3.bias", "optimizer.momentum.fc3.weight"], after.Tensors.Keys.Where(name => name.Contains("momentum", StringComparison.Ordinal)).Order());
        Assert.True(observer.Epochs[^1].Metrics["train-loss"] < observer.Epochs[0].Metrics["train-loss"]);
    }

    private static bool Same(CheckpointState first, CheckpointState second, string name) =>
        first.Tensors[name].Data.Span.SequenceEqual(second.Tensors[name].Data.Span);
}
