namespace Granary.Grains.Search;

/// <summary>The search algorithms by the names that a sweep file uses.</summary>
public static class SearchAlgorithms
{
    private static readonly Dictionary<string, ISearchAlgorithm> ByName = new(StringComparer.Ordinal)
    {
        ["grid"] = new GridSearch(),
        ["random"] = new RandomSearch(),
    };

    /// <summary>The algorithm of that name.</summary>
    /// <param name="name"><c>grid</c> or <c>random</c>.</param>
    /// <exception cref="ArgumentException">No algorithm has that name.</exception>
    public static ISearchAlgorithm Find(string name) => ByName.TryGetValue(name, out ISearchAlgorithm? algorithm)
        ? algorithm
        : throw new ArgumentException($"There is no search algorithm '{name}'; there are {string.Join(", ", ByName.Keys)}.", nameof(name));
}
