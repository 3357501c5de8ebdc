using Granary.Silo.Metrics;
using Granary.Silo.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Granary.Silo.Tests.Metrics;

public sealed class MetricStoreTests : IAsyncLifetime
{
    private const int MaxSteps = 1_000;

    private static readonly TrialId Trial = new(new SweepId("sweep-1"), 1);

    private readonly TemporaryFolder _folder = new();
    private readonly SiloInstruments _instruments = new(TimeProvider.System);
    private MetricStore _store = null!;

    public Task InitializeAsync()
    {
        _store = Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _instruments.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Read_WhatWasPosted_GivesEveryStepInOrder()
    {
        await PostAsync(1, Step(2, ("train-loss", 0.5)), Step(1, ("train-loss", double.NaN), ("learning-rate", 0.1)));

        IReadOnlyList<V1.StepMetrics> steps = await ReadAsync();

        Assert.Equal([1, 2], steps.Select(step => step.Step));
        Assert.Equal(double.NaN, steps[0].Values["train-loss"]);
        Assert.Equal(0.1, steps[0].Values["learning-rate"]);
    }

    [Fact]
    public async Task Read_AfterTheStoreWasClosedAndOpened_GivesTheSame()
    {
        await PostAsync(1, Step(1, ("train-loss", 0.5)));
        await _store.DisposeAsync();
        _store = Open();

        Assert.Equal(0.5, Assert.Single(await ReadAsync()).Values["train-loss"]);
    }

    [Fact]
    public async Task Read_AnotherTrial_GivesNothing()
    {
        await PostAsync(1, Step(1, ("train-loss", 0.5)));

        Assert.Empty(await _store.ReadAsync(Trial with { Number = 2 }, 100, layers: true, CancellationToken.None));
    }

    [Fact]
    public async Task Post_TheSameStepsAgain_ChangesNothing()
    {
        V1.StepMetrics step = WithLayers(Step(1, ("train-loss", 0.5)), "conv1", "conv2");
        await PostAsync(1, step);
        await PostAsync(1, step);

        V1.StepMetrics read = Assert.Single(await ReadAsync());
        Assert.Equal(step, read);
    }

    [Fact]
    public async Task Post_AStepInTwoMessages_KeepsBoth()
    {
        await PostAsync(1, Step(1, ("train-loss", 0.5)));
        await PostAsync(1, WithLayers(Step(1, ("train-loss", 0.4), ("train-accuracy", 0.9)), "conv1"));

        V1.StepMetrics read = Assert.Single(await ReadAsync());
        Assert.Equal((0.4, 0.9), (read.Values["train-loss"], read.Values["train-accuracy"]));
        Assert.Equal("conv1", Assert.Single(read.Layers).Layer);
    }

    [Fact]
    public async Task Post_ANewerAttempt_ReplacesWhatOlderOnesMeasuredBeyondItsStart()
    {
        await PostAsync(1, [.. Enumerable.Range(1, 10).Select(i => WithLayers(Step(i, ("train-loss", 1)), "conv1"))]);
        await PostAsync(2, Step(6, ("train-loss", 2)), Step(7, ("train-loss", 2)));

        IReadOnlyList<V1.StepMetrics> steps = await ReadAsync();

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], steps.Select(step => step.Step));
        Assert.Equal([1, 1, 1, 1, 1, 2, 2], steps.Select(step => step.Values["train-loss"]));
        Assert.Empty(steps[5].Layers);
    }

    [Fact]
    public async Task Post_AnOlderAttempt_IsIgnoredEvenAfterARestart()
    {
        await PostAsync(2, Step(1, ("train-loss", 2)));
        await PostAsync(1, Step(1, ("train-loss", 1)), Step(2, ("train-loss", 1)));
        await _store.DisposeAsync();
        _store = Open();
        await PostAsync(1, Step(3, ("train-loss", 1)));

        Assert.Equal(2, Assert.Single(await ReadAsync()).Values["train-loss"]);
    }

    [Fact]
    public async Task Read_WithoutLayers_LeavesThemOut()
    {
        await PostAsync(1, WithLayers(Step(1, ("train-loss", 0.5)), "conv1"));

        Assert.Empty(Assert.Single(await _store.ReadAsync(Trial, 100, layers: false, CancellationToken.None)).Layers);
    }

    [Fact]
    public async Task Post_MoreStepsThanAreKept_ThinsOldOnesAndKeepsFirstAndLast()
    {
        const int Steps = 5 * MaxSteps;
        foreach (int[] chunk in Enumerable.Range(1, Steps).Chunk(100))
            await PostAsync(1, [.. chunk.Select(i => Step(i, ("train-loss", i)))]);

        IReadOnlyList<V1.StepMetrics> steps = await _store.ReadAsync(Trial, Steps, layers: true, CancellationToken.None);

        Assert.InRange(steps.Count, MaxSteps / 2, MaxSteps);
        Assert.Equal((1, Steps), (steps[0].Step, steps[^1].Step));
        Assert.All(steps, step => Assert.Equal(step.Step, step.Values["train-loss"]));
    }

    [Fact]
    public async Task Post_FromManySidesAtOnce_StoresEverything()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(trial => Task.Run(async () =>
        {
            for (int step = 1; step <= 50; step++)
            {
                var attempt = new AttemptId(Trial with { Number = trial }, 1);
                await _store.PostAsync(new MetricBatch(attempt, [Step(step, ("train-loss", trial))]), CancellationToken.None);
            }
        })));
        await _store.FlushAsync(CancellationToken.None);

        for (int trial = 1; trial <= 20; trial++)
            Assert.Equal(50, (await _store.ReadAsync(Trial with { Number = trial }, 100, layers: false, CancellationToken.None)).Count);
    }

    private static V1.StepMetrics Step(long step, params (string Name, double Value)[] values)
    {
        var metrics = new V1.StepMetrics { Step = step, Epoch = step / 10.0, UnixMilliseconds = 1_000 + step };
        foreach ((string name, double value) in values) metrics.Values[name] = value;
        return metrics;
    }

    private static V1.StepMetrics WithLayers(V1.StepMetrics step, params string[] layers)
    {
        foreach (string layer in layers)
            step.Layers.Add(new V1.LayerStatistics { Layer = layer, Mean = 0.1, StandardDeviation = 0.9, NearZero = 0.2 });
        return step;
    }

    private async Task PostAsync(int attempt, params V1.StepMetrics[] steps)
    {
        await _store.PostAsync(new MetricBatch(new AttemptId(Trial, attempt), steps), CancellationToken.None);
        await _store.FlushAsync(CancellationToken.None);
    }

    private Task<IReadOnlyList<V1.StepMetrics>> ReadAsync() => _store.ReadAsync(Trial, 10_000, layers: true, CancellationToken.None);

    private MetricStore Open() => new(_folder.File("metrics.db"), MaxSteps, _instruments, NullLogger<MetricStore>.Instance);
}
