using Granary.Silo.Metrics;

namespace Granary.Silo.Tests.Metrics;

public sealed class CurveThinningTests
{
    [Theory]
    [InlineData(10, 10)]
    [InlineData(3, 100)]
    [InlineData(0, 2)]
    public void ByShape_FewerRowsThanPoints_KeepsAll(int rows, int points) =>
        Assert.Equal(Enumerable.Range(0, rows), CurveThinning.ByShape(Curve(rows, i => i), points));

    [Theory]
    [InlineData(1_000, 100)]
    [InlineData(1_000, 2)]
    [InlineData(99_999, 1_000)]
    public void ByShape_MoreRows_KeepsFirstAndLastWithinTheBound(int rows, int points)
    {
        int[] chosen = [.. CurveThinning.ByShape(Curve(rows, i => Math.Sin(i)), points)];

        Assert.InRange(chosen.Length, 2, points);
        Assert.Equal((0, rows - 1), (chosen[0], chosen[^1]));
        Assert.Equal(chosen.Distinct().Order(), chosen);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void ByShape_OneSpike_KeepsIt(double spike)
    {
        IEnumerable<int> chosen = CurveThinning.ByShape(Curve(10_000, i => i == 4_321 ? spike : 1), 100);

        Assert.Contains(4_321, chosen);
    }

    [Fact]
    public void ByShape_TwoSeries_KeepsTheSpikesOfBoth()
    {
        V1.StepMetrics[] rows = Curve(10_000, i => i == 1_234 ? 9 : 1);
        for (int i = 0; i < rows.Length; i++) rows[i].Values["second"] = i == 8_765 ? -9 : 0;

        int[] chosen = [.. CurveThinning.ByShape(rows, 200)];

        Assert.Contains(1_234, chosen);
        Assert.Contains(8_765, chosen);
        Assert.InRange(chosen.Length, 2, 200);
    }

    [Fact]
    public void Evenly_MoreRows_SpacesThemAndKeepsTheEnds() => Assert.Equal([0, 33, 66, 99], CurveThinning.Evenly(100, 4));

    private static V1.StepMetrics[] Curve(int rows, Func<int, double> value) =>
        [.. Enumerable.Range(0, rows).Select(i => new V1.StepMetrics { Step = i + 1, Values = { ["first"] = value(i) } })];
}
