using Granary.Silo.Metrics;
using Granary.Silo.Watching;
using Granary.Trials;

namespace Granary.Silo.Tests.Watching;

public sealed class WatchQueueTests
{
    private static readonly SweepId Sweep = new("sweep-1");

    private readonly WatchQueue _queue = new();

    [Fact]
    public async Task Take_OneTrialChangedOften_GivesItsNewestOnly()
    {
        foreach (int version in new[] { 1, 3, 2 }) await _queue.TrialChangedAsync(Trial(1, version));
        await _queue.TrialChangedAsync(Trial(2, version: 1));

        WatchNews news = await TakeAsync();

        Assert.False(news.Overflowed);
        Assert.Equal([(1, 3L), (2, 1L)], news.Trials.Select(trial => (trial.Definition.Id.Number, trial.Version)).Order());
    }

    [Fact]
    public async Task Take_MoreStepsThanAreKept_AsksForTheWholeSweep()
    {
        for (int i = 0; i < 51; i++) _queue.Measured(Batch(steps: 1_000));

        WatchNews news = await TakeAsync();

        Assert.True(news.Overflowed);
        Assert.Empty(news.Metrics);
    }

    [Fact]
    public async Task Take_MoreTrialsThanAreKept_AsksForTheWholeSweep()
    {
        for (int i = 1; i <= 1_001; i++) await _queue.TrialChangedAsync(Trial(i, version: 1));

        Assert.True((await TakeAsync()).Overflowed);
    }

    [Fact]
    public async Task Take_AfterAnOverflow_GoesOnWithWhatComes()
    {
        for (int i = 0; i < 51; i++) _queue.Measured(Batch(steps: 1_000));
        await TakeAsync();
        _queue.Measured(Batch(steps: 2));

        WatchNews news = await TakeAsync();

        Assert.False(news.Overflowed);
        Assert.Equal(2, Assert.Single(news.Metrics).Steps.Count);
    }

    [Fact]
    public async Task Take_NothingNew_WaitsUntilGivenUp()
    {
        using var giveUp = new CancellationTokenSource();
        Task<WatchNews> waiting = _queue.TakeAsync(giveUp.Token).AsTask();
        Assert.False(waiting.IsCompleted);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Publish_ToAHub_ReachesWatchersOfThatSweepUntilTheyLeave()
    {
        var hub = new MetricHub();
        var seen = new List<MetricBatch>();
        using (hub.Watch(Sweep, seen.Add))
        using (hub.Watch(new SweepId("other-1"), _ => Assert.Fail("Another sweep's watcher was told.")))
        {
            hub.Publish(Batch(steps: 1));
        }

        hub.Publish(Batch(steps: 1));

        Assert.Single(seen);
    }

    private static MetricBatch Batch(int steps) =>
        new(new AttemptId(new TrialId(Sweep, 1), 1), [.. Enumerable.Range(1, steps).Select(step => new V1.StepMetrics { Step = step })]);

    private static TrialSnapshot Trial(int number, long version) => new()
    {
        Definition = new TrialDefinition(new TrialId(Sweep, number), new Dictionary<string, string>(), "{}", DateTimeOffset.UnixEpoch),
        State = TrialState.Running,
        Version = version,
        Epochs = 1,
        Model = "lenet-relu",
    };

    private async Task<WatchNews> TakeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _queue.TakeAsync(limit.Token);
    }
}
