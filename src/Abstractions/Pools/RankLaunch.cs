namespace Granary.Pools;

/// <summary>Everything an agent needs to start one worker.</summary>
[GenerateSerializer, Immutable, Alias("granary.RankLaunch")]
public sealed record RankLaunch
{
    /// <summary>The worker.</summary>
    [Id(0)] public required RankId Rank { get; init; }

    /// <summary>Ranks of the gang.</summary>
    [Id(1)] public required int WorldSize { get; init; }

    /// <summary>The device it owns.</summary>
    [Id(2)] public required DeviceId Device { get; init; }

    /// <summary>The run, JSON of <c>Granary.Specs.RunSpec</c>.</summary>
    [Id(3)] public required string Run { get; init; }

    /// <summary>Where it goes on from; null for a fresh start.</summary>
    [Id(4)] public CheckpointRef? Checkpoint { get; init; }

    /// <summary>Known to the ranks of this attempt alone.</summary>
    [Id(5)] public required string Secret { get; init; }

    /// <summary>
    /// The ring that it joins, from 0: the attempt's first, which begins at <see cref="Checkpoint"/>. In a later one it takes a lost rank's
    /// place and is brought to where the others stand.
    /// </summary>
    [Id(6)] public int Ring { get; init; }
}
