namespace Granary.Grains.Pools;

/// <summary>What a device keeps.</summary>
[GenerateSerializer, Immutable, Alias("granary.DeviceGrainState")]
internal sealed record DeviceGrainState
{
    /// <summary>Who holds the lease; null when it is free.</summary>
    [Id(0)] public RankId? Holder { get; init; }
}
