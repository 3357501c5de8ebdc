namespace Granary.Grains.Trials;

/// <summary>One rank of a trial's gang.</summary>
/// <param name="Device">The device it owns.</param>
/// <param name="Endpoint">host:port of its Collective service; null before it has joined.</param>
/// <param name="Exited">It has ended, or its node is lost.</param>
/// <param name="Lost">Nobody saw it end.</param>
[GenerateSerializer, Immutable, Alias("granary.GangRank")]
public sealed record GangRank(
    [property: Id(0)] DeviceId Device,
    [property: Id(1)] string? Endpoint,
    [property: Id(2)] bool Exited,
    [property: Id(3)] bool Lost);
