namespace Granary.Grains.Trials;

/// <summary>One rank of a trial's gang.</summary>
/// <param name="Device">The device it owns.</param>
/// <param name="Endpoint">host:port of its Collective service; null before it has joined.</param>
/// <param name="Exited">Its worker has ended, or its node is lost.</param>
/// <param name="Lost">Nobody saw it end.</param>
[GenerateSerializer, Immutable, Alias("granary.GangRank")]
public sealed record GangRank(
    [property: Id(0)] DeviceId Device,
    [property: Id(1)] string? Endpoint,
    [property: Id(2)] bool Exited,
    [property: Id(3)] bool Lost)
{
    /// <summary>Which of the rank's workers it is, from 0: another takes a lost one's place.</summary>
    [Id(4)] public int Start { get; init; }

    /// <summary>The ring that <see cref="Endpoint"/> listens for.</summary>
    [Id(5)] public int Ring { get; init; }

    /// <summary>It listens for a ring.</summary>
    /// <param name="ring">The ring.</param>
    public bool IsIn(int ring) => Endpoint is not null && Ring == ring;
}
