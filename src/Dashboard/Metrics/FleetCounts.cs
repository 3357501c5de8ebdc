namespace Granary.Dashboard.Metrics;

/// <summary>What the silo held when it was last looked at.</summary>
internal sealed record FleetCounts(
    IReadOnlyDictionary<string, long> Sweeps, IReadOnlyDictionary<string, long> Devices, IReadOnlyDictionary<string, long> Queued)
{
    public static FleetCounts None { get; } = new(new Dictionary<string, long>(), new Dictionary<string, long>(), new Dictionary<string, long>());
}
