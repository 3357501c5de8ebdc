using Granary.Pools;
using Granary.Trials;

namespace Granary.Grains.Pools;

/// <summary>A worker of a node.</summary>
/// <param name="Id">The worker.</param>
/// <param name="Launch">The command that starts it; null for a worker that the node never knew and is reported as lost.</param>
/// <param name="Stop">The command that ends it; null when nobody wants that.</param>
/// <param name="Exit">How it ended; null while it runs. Its trial has not confirmed that it knows.</param>
[GenerateSerializer, Immutable, Alias("granary.NodeRank")]
internal sealed record NodeRank(
    [property: Id(0)] RankId Id,
    [property: Id(1)] RankLaunch? Launch,
    [property: Id(2)] RankStop? Stop,
    [property: Id(3)] RankExit? Exit);
