using Granary.Specs;

namespace Granary.Grains.Search;

/// <summary>
/// Chooses the points of a search space. Implementations are pure: the same spec, history and numbers give the same points on every
/// machine and after every restart. Safe for concurrent use.
/// </summary>
public interface ISearchAlgorithm
{
    /// <summary>Trials that the search makes at most.</summary>
    /// <param name="search">Space, seed and limit.</param>
    int CountTrials(SearchSpec search);

    /// <summary>The next trials; fewer than asked for, or none, when the search is at its end or waits for results.</summary>
    /// <param name="request">Which trials are asked for, and what is known.</param>
    IReadOnlyList<SearchPoint> Propose(SearchRequest request);
}
