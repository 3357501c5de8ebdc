using System.Collections.Concurrent;
using Granary.V1;

namespace Granary.Trainer.Tests.Worker;

/// <summary>What a silo keeps when it restarts.</summary>
/// <param name="worldSize">Ranks of a gang.</param>
internal sealed class SiloMemory(int worldSize = 1)
{
    public int WorldSize => worldSize;

    public EpochDirective.Types.Action Directive { get; set; } = EpochDirective.Types.Action.Continue;

    /// <summary>Reports are refused as those of an older attempt.</summary>
    public bool Refuse { get; set; }

    /// <summary>How the attempt's ranks find each other; a new one for the next attempt.</summary>
    public RingMeeting Meeting { get; set; } = new(worldSize);

    public ConcurrentDictionary<long, StepMetrics> Steps { get; } = [];

    /// <summary>Counts the batches of steps that came.</summary>
    public SemaphoreSlim Stepped { get; } = new(0);

    public ConcurrentQueue<EpochReport> Epochs { get; } = [];

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<CurvePoint> Curve => [.. Epochs.Select(report => new CurvePoint(
        report.Epoch, report.Metrics["train-loss"], report.Metrics["valid-loss"], report.Checkpoint.Weights))];

    public SemaphoreSlim Reported { get; } = new(0);

    /// <summary>Reports of this epoch and later ones are neither kept nor answered until this is changed.</summary>
    public int SilentFrom { get; set; } = int.MaxValue;

    /// <summary>Counts the reports that are not answered.</summary>
    public SemaphoreSlim Ignored { get; } = new(0);

    public ConcurrentQueue<Checkpoint> Checkpoints { get; } = [];

    public ConcurrentDictionary<string, byte[]> Artifacts { get; } = [];

    /// <summary>What interrupted uploads left.</summary>
    public ConcurrentDictionary<string, byte[]> Partial { get; } = [];

    /// <summary>Bytes of all uploads.</summary>
    public int Received { get; set; }

    public StatReply Stat(string hash) => new()
    {
        Hash = hash,
        Complete = Artifacts.ContainsKey(hash),
        Bytes = Artifacts.TryGetValue(hash, out var whole) ? whole.Length : Partial.TryGetValue(hash, out var part) ? part.Length : 0,
    };

    public void RequireStored(Checkpoint checkpoint)
    {
        Assert.Contains(checkpoint.Weights, Artifacts.Keys);
        Assert.Contains(checkpoint.Manifest, Artifacts.Keys);
        Assert.Equal(Artifacts[checkpoint.Weights].Length + Artifacts[checkpoint.Manifest].Length, checkpoint.Bytes);
    }
}
