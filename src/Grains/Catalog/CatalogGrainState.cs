namespace Granary.Grains.Catalog;

/// <summary>What the catalog keeps.</summary>
[GenerateSerializer, Immutable, Alias("granary.CatalogGrainState")]
internal sealed record CatalogGrainState
{
    /// <summary>The sweeps, in order of submission.</summary>
    [Id(0)] public IReadOnlyList<CatalogEntry> Sweeps { get; init; } = [];

    /// <summary>The pools seen so far, by name.</summary>
    [Id(1)] public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>How many sweeps of each name were submitted: a number is never given twice, even when its sweep has left the index.</summary>
    [Id(2)] public IReadOnlyDictionary<string, int> Counters { get; init; } = new Dictionary<string, int>();
}
