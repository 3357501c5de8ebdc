namespace Granary.Grains.Pools;

/// <summary>A worker that takes a lost one's place.</summary>
/// <param name="Rank">The worker.</param>
/// <param name="Device">The device that it gets; null while none is free.</param>
/// <param name="Progress">How far it has come, once it has a device.</param>
[GenerateSerializer, Immutable, Alias("granary.PoolReplacement")]
internal sealed record PoolReplacement(
    [property: Id(0)] RankId Rank,
    [property: Id(1)] DeviceId? Device,
    [property: Id(2)] GangProgress Progress);
