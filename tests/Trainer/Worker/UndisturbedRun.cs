namespace Granary.Trainer.Tests.Worker;

/// <summary>What two ranks report of six epochs when nothing happens to them.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    /// <summary>How long the run is.</summary>
    public const int Epochs = 6;

    internal IReadOnlyList<CurvePoint> Curve { get; private set; } = [];

    public async Task InitializeAsync()
    {
        using var harness = new WorkerHarness(Epochs);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory(2));
        await harness.FinishAsync(worldSize: 2);
        Curve = silo.Memory.Curve;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
