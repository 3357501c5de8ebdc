namespace Granary.Silo.Census;

/// <summary>How many of what there are, as last looked at.</summary>
/// <param name="Trials">Trials of unfinished sweeps, by state.</param>
/// <param name="Devices">Devices, by whether they are free, leased or absent.</param>
/// <param name="QueuedGangs">Gangs that wait for devices, by pool.</param>
internal sealed record ClusterCounts(
    IReadOnlyDictionary<string, long> Trials, IReadOnlyDictionary<string, long> Devices, IReadOnlyDictionary<string, long> QueuedGangs)
{
    public static readonly ClusterCounts None = new(
        new Dictionary<string, long>(), new Dictionary<string, long>(), new Dictionary<string, long>());
}
