namespace Granary.Pools;

/// <summary>A worker must end.</summary>
/// <param name="Rank">The worker.</param>
/// <param name="Checkpoint">true: it writes a checkpoint first and leaves in order; false: now.</param>
[GenerateSerializer, Immutable, Alias("granary.RankStop")]
public sealed record RankStop([property: Id(0)] RankId Rank, [property: Id(1)] bool Checkpoint);
