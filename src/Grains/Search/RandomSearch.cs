using System.Globalization;
using Granary.Specs;

namespace Granary.Grains.Search;

/// <summary>
/// Points drawn independently: ranges uniformly or uniformly in the logarithm, lists uniformly (Bergstra and Bengio, "Random Search
/// for Hyper-Parameter Optimization", JMLR 2012). Trial n of a seed is a pure function of both. A space of lists alone is visited in
/// random order, so that no point comes twice.
/// </summary>
public sealed class RandomSearch : ISearchAlgorithm
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The search says no number of trials and the space is not finite.</exception>
    public int CountTrials(SearchSpec search)
    {
        int? points = ChoiceSpace.Count(search.Space);
        return (points, search.Trials) switch
        {
            (int finite, int trials) => Math.Min(finite, trials),
            (null, int trials) => trials,
            (int finite, null) => finite,
            _ => throw new ArgumentException("A random search over a range needs 'trials: N'."),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The search says no number of trials and the space is not finite.</exception>
    public IReadOnlyList<SearchPoint> Propose(SearchRequest request)
    {
        int count = Math.Clamp(CountTrials(request.Search) - request.History.Count, 0, request.Count);
        var points = new SearchPoint[count];
        for (int i = 0; i < count; i++)
        {
            int number = request.NextNumber + i;
            points[i] = new SearchPoint(number, At(request.Search, number));
        }

        return points;
    }

    private static Dictionary<string, string> At(SearchSpec search, int number)
    {
        if (ChoiceSpace.Count(search.Space) is int points)
            return ChoiceSpace.At(search.Space, IndexPermutation.At(number - 1, points, search.Seed));

        var point = new Dictionary<string, string>(search.Space.Count, StringComparer.Ordinal);
        for (int dimension = 0; dimension < search.Space.Count; dimension++)
            point.Add(search.Space[dimension].Name, Draw(search.Space[dimension], search.Seed, number, dimension));
        return point;
    }

    private static string Draw(ParameterSpec parameter, long seed, int number, int dimension) => parameter switch
    {
        ChoiceParameter choice => choice.Values[(int)CounterRandom.Below(choice.Values.Count, seed, number, dimension)],
        RangeParameter { WholeNumbers: true } range => Format(Whole(range, CounterRandom.Unit(seed, number, dimension))),
        RangeParameter range => Format(Real(range, CounterRandom.Unit(seed, number, dimension))),
        _ => throw new ArgumentException($"'{parameter.Name}' is a {parameter.GetType().Name}; random search knows lists and ranges."),
    };

    private static double Real(RangeParameter range, double unit)
    {
        double value = range.Logarithmic
            ? Math.Exp(Between(Math.Log(range.Low), Math.Log(range.High), unit))
            : Between(range.Low, range.High, unit);
        return Math.Clamp(value, range.Low, range.High);
    }

    // Each whole number owns the interval up to the next one, so that the last one is as likely as its neighbours.
    private static double Whole(RangeParameter range, double unit)
    {
        double low = Math.Ceiling(range.Low);
        double high = Math.Floor(range.High);
        double value = range.Logarithmic
            ? Math.Exp(Between(Math.Log(low), Math.Log(high + 1), unit))
            : Between(low, high + 1, unit);
        return Math.Clamp(Math.Floor(value), low, high);
    }

    private static double Between(double low, double high, double unit) => low + ((high - low) * unit);

    private static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
