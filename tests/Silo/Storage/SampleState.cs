namespace Granary.Silo.Tests.Storage;

/// <summary>What grain states are made of: records, ids, lists, dictionaries, moments, numbers that JSON has no word for.</summary>
internal sealed record SampleState
{
    public TrialId Trial { get; init; } = new(new SweepId("sample-1"), 7);

    public AttemptId Attempt { get; init; } = new(new TrialId(new SweepId("sample-1"), 7), 2);

    public SweepId? Sweep { get; init; }

    public IReadOnlyList<DeviceId> Devices { get; init; } = [];

    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    public Dictionary<TrialId, CheckpointRef> Checkpoints { get; init; } = [];

    public DateTimeOffset? At { get; init; }

    public string Text { get; init; } = "";

    public int Count { get; init; }

    public int CountTwice => Count * 2;
}
