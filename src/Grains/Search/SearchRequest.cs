using Granary.Specs;

namespace Granary.Grains.Search;

/// <summary>Asks a search for its next trials.</summary>
/// <param name="Search">Space, seed and limit.</param>
/// <param name="History">What the trials so far gave, in order of number: all of them, so that the next number is one more than their count.</param>
/// <param name="Count">Trials wanted, at least 0.</param>
public sealed record SearchRequest(SearchSpec Search, IReadOnlyList<SearchObservation> History, int Count)
{
    /// <summary>The number of the next trial.</summary>
    public int NextNumber => History.Count + 1;
}
