using Granary.Specs;

namespace Granary.Grains.Search;

/// <summary>Every point of a space of lists, in the file's order; the last dimension varies fastest.</summary>
public sealed class GridSearch : ISearchAlgorithm
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A dimension is not a list, or the grid is too large to count.</exception>
    public int CountTrials(SearchSpec search)
    {
        int points = ChoiceSpace.Count(search.Space) ?? throw Refusal(search);
        return Math.Min(points, search.Trials ?? points);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A dimension is not a list, or the grid is too large to count.</exception>
    public IReadOnlyList<SearchPoint> Propose(SearchRequest request)
    {
        int count = Math.Clamp(CountTrials(request.Search) - request.History.Count, 0, request.Count);
        var points = new SearchPoint[count];
        for (int i = 0; i < count; i++)
        {
            int number = request.NextNumber + i;
            points[i] = new SearchPoint(number, ChoiceSpace.At(request.Search.Space, number - 1));
        }

        return points;
    }

    private static ArgumentException Refusal(SearchSpec search)
    {
        ParameterSpec? range = search.Space.FirstOrDefault(parameter => parameter is not ChoiceParameter);
        return new ArgumentException(range is null
            ? $"The grid has more than {int.MaxValue} points; use 'algorithm: random' with 'trials: N'."
            : $"A grid needs lists; '{range.Name}' is a range. List its values, or use 'algorithm: random'.");
    }
}
