namespace Granary.Pools;

/// <summary>A device and who holds it.</summary>
/// <param name="Id">The device.</param>
/// <param name="Name">What it is, such as <c>NVIDIA H200</c>.</param>
/// <param name="Present">Its node is connected.</param>
/// <param name="Holder">The rank that holds it; null when it is free.</param>
[GenerateSerializer, Immutable, Alias("granary.PoolDevice")]
public sealed record PoolDevice(
    [property: Id(0)] DeviceId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] bool Present,
    [property: Id(3)] RankId? Holder);
