using Granary.Pools;

namespace Granary.Grains.Pools;

/// <summary>What a node keeps.</summary>
[GenerateSerializer, Immutable, Alias("granary.NodeGrainState")]
internal sealed record NodeGrainState
{
    /// <summary>The session of the agent that attached last; empty before the first.</summary>
    [Id(0)] public string Session { get; init; } = "";

    /// <summary>The pool its devices belong to; empty before the first agent.</summary>
    [Id(1)] public string Pool { get; init; } = "";

    /// <summary>A pool that its devices have left and that may not know; empty otherwise.</summary>
    [Id(2)] public string FormerPool { get; init; } = "";

    /// <summary>Its devices.</summary>
    [Id(3)] public IReadOnlyList<NodeDevice> Devices { get; init; } = [];

    /// <summary>The node has an agent, or had one so lately that it may return.</summary>
    [Id(4)] public bool Present { get; init; }

    /// <summary>Workers whose end has not been told to their trial.</summary>
    [Id(5)] public IReadOnlyList<NodeRank> Ranks { get; init; } = [];

    /// <summary>The workers that ended last, newest last: a late command must not start one again.</summary>
    [Id(6)] public IReadOnlyList<RankId> Ended { get; init; } = [];

    /// <summary>Workers that run although they were given up; they are to be ended.</summary>
    [Id(7)] public IReadOnlyList<RankId> Zombies { get; init; } = [];
}
