namespace Granary.Grains.Pools;

/// <summary>A device of a pool.</summary>
/// <param name="Id">The device.</param>
/// <param name="Name">What it is.</param>
/// <param name="Present">Its node is connected.</param>
/// <param name="Holder">The rank that it is meant for; null when it is free.</param>
/// <param name="Releasing">The lease is being given back; until that is done the device is not free.</param>
[GenerateSerializer, Immutable, Alias("granary.PoolSlot")]
internal sealed record PoolSlot(
    [property: Id(0)] DeviceId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] bool Present,
    [property: Id(3)] RankId? Holder,
    [property: Id(4)] bool Releasing)
{
    public bool IsFree => Present && Holder is null;
}
