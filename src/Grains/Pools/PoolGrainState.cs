using Granary.Pools;

namespace Granary.Grains.Pools;

/// <summary>What a pool keeps.</summary>
[GenerateSerializer, Immutable, Alias("granary.PoolGrainState")]
internal sealed record PoolGrainState
{
    /// <summary>Its devices, by node and id.</summary>
    [Id(0)] public IReadOnlyList<PoolSlot> Slots { get; init; } = [];

    /// <summary>The gangs that wait, in order of arrival.</summary>
    [Id(1)] public IReadOnlyList<GangRequest> Queue { get; init; } = [];

    /// <summary>The gangs that have devices.</summary>
    [Id(2)] public IReadOnlyList<PoolGang> Gangs { get; init; } = [];

    /// <summary>The workers that take a lost one's place and whose trial does not know its device yet, in order of arrival.</summary>
    [Id(3)] public IReadOnlyList<PoolReplacement> Replacements { get; init; } = [];
}
