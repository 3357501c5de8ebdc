using Granary.Trainer.Learning.Finding;

namespace Granary.Trainer.Tests.Learning.Finding;

/// <summary>
/// Expected numbers: fastai's <c>lr_find</c> rules (smoothing, end, cut, valley, steep), written down anew with numpy from their published
/// description and run on the same losses.
/// </summary>
public sealed class RateCurveTests
{
    [Fact]
    public void At_FastaisDefaults_GrowsByTheSameFactorFromTheFirstRate()
    {
        var range = new RateRange();

        Assert.Equal(1e-7, range.At(0));
        Assert.Equal(1e-3, range.At(50), 12);
        // The last step is one factor short of the end.
        Assert.Equal(10 / Math.Pow(1e8, 0.01), range.At(99), 9);
    }

    [Fact]
    public void Add_Losses_SmoothsThemWithBiasCorrection()
    {
        var curve = new RateCurve(new RateRange());

        foreach (double loss in (double[])[2.0, 1.0, 4.0])
            curve.Add(loss);

        // 2; (0.98 * 2 + 1) / 1.98; (0.98^2 * 2 + 0.98 + 4) / (1 + 0.98 + 0.98^2).
        Assert.Equal([2.0, 2.96 / 1.98, 6.9008 / 2.9404], curve.Points.Select(point => point.Smoothed), Near);
    }

    [Fact]
    public void Add_LossFourTimesTheBest_EndsTheSearch()
    {
        RateCurve curve = Draw(rate => Slope(rate) + (5 * rate * rate), new RateRange());

        Assert.True(curve.Diverged);
        Assert.Equal(96, curve.Points.Count);
        Assert.Equal(6.8068582935061555, curve.Points[^1].Smoothed, 9);
        // The tenth to the ninetieth point.
        Assert.Equal(81, curve.Judged.Count);
        Assert.Throws<InvalidOperationException>(() => curve.Add(1));
    }

    [Fact]
    public void Suggestions_SmoothDescent_AreFastais()
    {
        RateCurve curve = Draw(rate => Slope(rate) + (5 * rate * rate), new RateRange());

        Assert.Equal((3.98e-4, 6.31e-3), (curve.Valley, curve.Steep));
    }

    [Fact]
    public void Suggestions_NoisyDescent_AreFastais()
    {
        RateCurve curve = Draw(rate => Slope(rate) + (0.2 * Math.Sin(40 * Math.Log10(rate))) + (5 * rate * rate), new RateRange());

        Assert.Equal((1.45e-3, 9.12e-3), (curve.Valley, curve.Steep));
    }

    [Fact]
    public void Suggestions_OtherRange_AreFastais()
    {
        RateCurve curve = Draw(rate => Slope(rate) + (5 * rate * rate), new RateRange { From = 1e-5, To = 1, Steps = 20 });

        Assert.False(curve.Diverged);
        Assert.Equal(13, curve.Judged.Count);
        Assert.Equal((5.62e-4, 1.78e-3), (curve.Valley, curve.Steep));
    }

    [Fact]
    public void Suggestions_LossNoNumber_AreOfTheStepsBefore()
    {
        RateCurve curve = Draw(rate => rate > 1e-2 ? double.NaN : Slope(rate), new RateRange());

        Assert.True(curve.Diverged);
        Assert.Equal(53, curve.Judged.Count);
        Assert.Equal((5.25e-5, 6.31e-3), (curve.Valley, curve.Steep));
    }

    [Fact]
    public void Suggestions_LossThatNeverFalls_AreTheFirstRateJudged()
    {
        RateCurve curve = Draw(rate => 1 + rate, new RateRange());

        Assert.Equal((6.31e-7, 6.31e-7), (curve.Valley, curve.Steep));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Suggestions_LossNotFiniteAtOnce_AreNone(double loss)
    {
        RateCurve curve = Draw(_ => loss, new RateRange());

        Assert.True(curve.Diverged);
        Assert.Single(curve.Points);
        Assert.Equal((null, null), (curve.Valley, curve.Steep));
    }

    [Fact]
    public void Valley_SeriesWithGaps_IsFastais()
    {
        double[] losses = [2, 2.1, 1.9, 1.95, 1.7, 1.8, 1.4, 1.5, 1.0, 1.1, 0.7, 0.8, 0.6, 0.9, 1.5, 3.0];
        RatePoint[] curve = [.. losses.Select((loss, i) => new RatePoint(Math.Pow(10, (i / 10.0) - 4), loss, loss))];

        Assert.Equal(0.000630957344480193, RateSuggestions.Valley(curve)!.Value, 12);
        Assert.Equal(0.0005011872336272725, RateSuggestions.Steep(curve)!.Value, 12);
    }

    [Fact]
    public void Valley_FallingFromTheFirstPoint_IsHalfway()
    {
        RatePoint[] curve = [.. Enumerable.Range(0, 30).Select(i => new RatePoint(Math.Pow(10, (i / 10.0) - 4), 0, 3 - (0.1 * i)))];

        Assert.Equal(0.0025118864315095794, RateSuggestions.Valley(curve)!.Value, 12);
        // Two points: the series' length counted back would lie before the first.
        Assert.Equal(1e-4, RateSuggestions.Valley(curve[..2])!.Value, 12);
    }

    // A descent around 1e-3, logistic over the logarithm.
    private static double Slope(double rate) => 2.3 - (1.8 / (1 + Math.Exp(-2 * (Math.Log10(rate) + 3))));

    private static RateCurve Draw(Func<double, double> loss, RateRange range)
    {
        var curve = new RateCurve(range);
        while (!curve.Complete)
            curve.Add(loss(range.At(curve.Points.Count)));
        return curve;
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;
}
