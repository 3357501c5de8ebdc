using System.Collections.Concurrent;

namespace Granary.Trainer.Tests.Worker;

/// <summary>What gangs report when nothing happens to them; each is trained once.</summary>
public sealed class UndisturbedGangs
{
    /// <summary>How long a run is: long enough to lose a rank in its middle.</summary>
    public const int Epochs = 12;

    private readonly ConcurrentDictionary<int, Lazy<Task<IReadOnlyList<CurvePoint>>>> _curves = [];

    /// <summary>The epochs of a gang.</summary>
    /// <param name="worldSize">Its ranks.</param>
    internal Task<IReadOnlyList<CurvePoint>> CurveAsync(int worldSize) =>
        _curves.GetOrAdd(worldSize, ranks => new Lazy<Task<IReadOnlyList<CurvePoint>>>(() => TrainAsync(ranks))).Value;

    private static async Task<IReadOnlyList<CurvePoint>> TrainAsync(int worldSize)
    {
        using var harness = new WorkerHarness(Epochs);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory(worldSize));
        await harness.FinishAsync(worldSize);
        return silo.Memory.Curve;
    }
}
