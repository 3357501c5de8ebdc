namespace Granary.Trials;

/// <summary>A trial as it stands.</summary>
[GenerateSerializer, Immutable, Alias("granary.TrialSnapshot")]
public sealed record TrialSnapshot
{
    /// <summary>What it is made from.</summary>
    [Id(0)] public required TrialDefinition Definition { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(1)] public required TrialState State { get; init; }

    /// <summary>Counts every change of this trial: a snapshot with a smaller number is older.</summary>
    [Id(2)] public required long Version { get; init; }

    /// <summary>The current attempt, from 1; 0 before the first.</summary>
    [Id(3)] public int Attempt { get; init; }

    /// <summary>One device per rank of the current attempt; empty while it holds none.</summary>
    [Id(4)] public IReadOnlyList<DeviceId> Devices { get; init; } = [];

    /// <summary>Epochs completed.</summary>
    [Id(5)] public int EpochsDone { get; init; }

    /// <summary>Epochs in all.</summary>
    [Id(6)] public required int Epochs { get; init; }

    /// <summary>The network's name.</summary>
    [Id(7)] public required string Model { get; init; }

    /// <summary>The last epoch report's metrics, by name.</summary>
    [Id(8)] public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The best value of the objective so far; null before the first report.</summary>
    [Id(9)] public double? Best { get; init; }

    /// <summary>The epoch that reached it.</summary>
    [Id(10)] public int BestEpoch { get; init; }

    /// <summary>The checkpoint of that epoch.</summary>
    [Id(11)] public CheckpointRef? BestCheckpoint { get; init; }

    /// <summary>The newest checkpoint.</summary>
    [Id(12)] public CheckpointRef? LastCheckpoint { get; init; }

    /// <summary>Why it stopped or failed, why its last attempt ended, or why its ranks form their ring again; empty otherwise.</summary>
    [Id(13)] public string Reason { get; init; } = "";

    /// <summary>When its first attempt ran; null before.</summary>
    [Id(14)] public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null before.</summary>
    [Id(15)] public DateTimeOffset? Finished { get; init; }

    /// <summary>Every epoch report so far, in order of epoch: the learning curve that search and scheduler decide on.</summary>
    [Id(16)] public IReadOnlyList<EpochResult> History { get; init; } = [];

    /// <summary>The last epoch report's verdict over the layers; null before it, and where no layer is watched.</summary>
    public HealthReport? Health => History.Count == 0 ? null : History[^1].Health;
}
