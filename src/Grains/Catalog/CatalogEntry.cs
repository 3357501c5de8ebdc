using Granary.Sweeps;

namespace Granary.Grains.Catalog;

/// <summary>A sweep in the index.</summary>
/// <param name="Summary">The sweep as it told last.</param>
/// <param name="Pending">What it is to be made from, until it is known to exist; null since.</param>
[GenerateSerializer, Immutable, Alias("granary.CatalogEntry")]
internal sealed record CatalogEntry([property: Id(0)] SweepSummary Summary, [property: Id(1)] SweepDefinition? Pending)
{
    public bool IsUnfinished => Summary.State is SweepState.Running or SweepState.Paused;
}
