namespace Granary.Pools;

/// <summary>A pool as it stands.</summary>
/// <param name="Devices">Its devices, by id.</param>
/// <param name="Queue">The gangs that wait, in the order in which they are served.</param>
[GenerateSerializer, Immutable, Alias("granary.PoolSnapshot")]
public sealed record PoolSnapshot(
    [property: Id(0)] IReadOnlyList<PoolDevice> Devices,
    [property: Id(1)] IReadOnlyList<GangRequest> Queue);
