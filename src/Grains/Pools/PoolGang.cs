using Granary.Pools;

namespace Granary.Grains.Pools;

/// <summary>A gang that has devices.</summary>
/// <param name="Request">What it asked for.</param>
/// <param name="Placement">What it got.</param>
/// <param name="Progress">How far the placement has come.</param>
[GenerateSerializer, Immutable, Alias("granary.PoolGang")]
internal sealed record PoolGang(
    [property: Id(0)] GangRequest Request,
    [property: Id(1)] Placement Placement,
    [property: Id(2)] GangProgress Progress);
