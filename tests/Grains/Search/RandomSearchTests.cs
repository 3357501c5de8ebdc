using System.Globalization;
using Granary.Grains.Search;
using Granary.Specs;

namespace Granary.Grains.Tests.Search;

public sealed class RandomSearchTests
{
    private static readonly SearchSpec Mixed = new()
    {
        Algorithm = "random",
        Trials = 10_000,
        Seed = 7,
        Space =
        [
            new ChoiceParameter("model", ["a", "b", "c"]),
            new RangeParameter("lr", 1e-4, 1, Logarithmic: true, WholeNumbers: false),
            new RangeParameter("momentum", 0.5, 0.75, Logarithmic: false, WholeNumbers: false),
            new RangeParameter("batch", 16, 20, Logarithmic: false, WholeNumbers: true),
            new RangeParameter("watch-every", 1, 8, Logarithmic: true, WholeNumbers: true),
        ],
    };

    [Fact]
    public void Propose_InOneGoOrWithRestarts_GivesTheSamePoints()
    {
        string[] atOnce = Describe(Propose(Mixed, known: 0, count: 30));
        string[] inParts = [.. Describe(Propose(Mixed, 0, 7)), .. Describe(Propose(Mixed, 7, 1)), .. Describe(Propose(Mixed, 8, 22))];

        Assert.Equal(atOnce, inParts);
        Assert.NotEqual(atOnce, Describe(Propose(Mixed with { Seed = 8 }, 0, 30)));
    }

    [Fact]
    public void Propose_Ranges_StayWithinThemAndSpreadAsAsked()
    {
        IReadOnlyList<SearchPoint> points = Propose(Mixed, 0, 10_000);
        double[] lr = Numbers(points, "lr");
        double[] momentum = Numbers(points, "momentum");

        Assert.All(lr, value => Assert.InRange(value, 1e-4, 1));
        Assert.All(momentum, value => Assert.InRange(value, 0.5, 0.75));
        // Half of the draws fall below the middle of the (logarithmic) range; 10,000 draws have a standard deviation of 0.005.
        Assert.InRange(lr.Count(value => value < 1e-2) / 10_000.0, 0.48, 0.52);
        Assert.InRange(momentum.Count(value => value < 0.625) / 10_000.0, 0.48, 0.52);
    }

    [Fact]
    public void Propose_WholeNumbers_ReachesBothEndsAndNothingElse()
    {
        IReadOnlyList<SearchPoint> points = Propose(Mixed, 0, 10_000);

        Assert.Equal(["16", "17", "18", "19", "20"], points.Select(point => point.Parameters["batch"]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"], points.Select(point => point.Parameters["watch-every"]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    public void Propose_ListsAlone_VisitsEveryPointOnce(long seed)
    {
        var search = new SearchSpec
        {
            Algorithm = "random",
            Trials = 1_000,
            Seed = seed,
            Space =
            [
                new ChoiceParameter("x", ["1", "2", "3", "4", "5"]),
                new ChoiceParameter("y", ["1", "2", "3", "4", "5", "6", "7"]),
            ],
        };

        string[] points = Describe(Propose(search, 0, 1_000));

        Assert.Equal(35, new RandomSearch().CountTrials(search));
        Assert.Equal(35, points.Length);
        Assert.Equal(35, points.Distinct().Count());
    }

    [Fact]
    public void Propose_Values_RoundTripInInvariantNotation() => Assert.All(
        Propose(Mixed, 0, 100),
        point => Assert.Equal(
            point.Parameters["lr"],
            double.Parse(point.Parameters["lr"], CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)));

    private static IReadOnlyList<SearchPoint> Propose(SearchSpec search, int known, int count)
    {
        SearchObservation[] history = Enumerable.Repeat(new SearchObservation(new Dictionary<string, string>(), null, false), known).ToArray();
        return new RandomSearch().Propose(new SearchRequest(search, history, count));
    }

    private static string[] Describe(IReadOnlyList<SearchPoint> points) =>
        points.Select(point => string.Join(' ', point.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))).ToArray();

    private static double[] Numbers(IReadOnlyList<SearchPoint> points, string name) =>
        points.Select(point => double.Parse(point.Parameters[name], CultureInfo.InvariantCulture)).ToArray();
}
