using Granary.Grains.Search;
using Granary.Specs;

namespace Granary.Grains.Tests.Search;

public sealed class GridSearchTests
{
    private static readonly SearchSpec TwoByThree = new()
    {
        Space = [new ChoiceParameter("model", ["a", "b"]), new ChoiceParameter("lr", ["1", "2", "3"])],
    };

    [Fact]
    public void Propose_TwoDimensions_LastVariesFastest()
    {
        IReadOnlyList<SearchPoint> points = new GridSearch().Propose(new SearchRequest(TwoByThree, [], 100));

        Assert.Equal(
            ["1 a 1", "2 a 2", "3 a 3", "4 b 1", "5 b 2", "6 b 3"],
            points.Select(point => $"{point.Number} {point.Parameters["model"]} {point.Parameters["lr"]}"));
    }

    [Fact]
    public void Propose_AfterFourTrials_GoesOnWithTheFifth()
    {
        SearchObservation[] history = Enumerable.Repeat(new SearchObservation(new Dictionary<string, string>(), null, false), 4).ToArray();

        IReadOnlyList<SearchPoint> points = new GridSearch().Propose(new SearchRequest(TwoByThree, history, 1));

        SearchPoint point = Assert.Single(points);
        Assert.Equal((5, "b", "2"), (point.Number, point.Parameters["model"], point.Parameters["lr"]));
    }

    [Fact]
    public void CountTrials_TrialsBelowTheGrid_TrialsCount() => Assert.Equal(4, new GridSearch().CountTrials(TwoByThree with { Trials = 4 }));

    [Fact]
    public void Propose_Range_IsRefusedByName()
    {
        var search = new SearchSpec { Space = [new RangeParameter("lr", 0.1, 1, Logarithmic: false, WholeNumbers: false)] };

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new GridSearch().Propose(new SearchRequest(search, [], 1)));
        Assert.Contains("'lr' is a range", refusal.Message, StringComparison.Ordinal);
    }
}
