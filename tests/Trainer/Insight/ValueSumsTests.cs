using Granary.Trainer.Insight;

namespace Granary.Trainer.Tests.Insight;

/// <summary>Against sums in decimal or double, taken number by number.</summary>
public sealed class ValueSumsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(16_384, 0)]
    [InlineData(16_385, 0)]
    [InlineData(100_003, 0)]
    [InlineData(100_003, 1_000)]
    public void Of_NumbersAnywhere_IsWhatEachAloneAddsUpTo(int length, int offset)
    {
        var random = new Random(length);
        float[] values = [.. Enumerable.Range(0, length).Select(_ => offset + ((float)random.NextDouble() * 0.4f) - 0.2f)];
        double mean = values.Average(value => (double)value);
        double squares = values.Sum(value => (value - mean) * (value - mean));

        ValueSums sums = ValueSums.Of(values, 0.05f);

        Assert.Equal(length, sums.Length);
        Assert.Equal(mean, sums.Mean, 1e-6);
        Assert.Equal(squares, sums.Squares, (1e-4 * squares) + 1e-9);
        Assert.Equal(values.Count(value => value <= 0.05f), sums.AtMost);
        Assert.Equal(values.Count(value => value < -0.05f), sums.Below);
    }

    [Fact]
    public void Of_ANumberThatIsNone_SpoilsTheMeanAndIsNotCounted()
    {
        float[] values = [.. Enumerable.Repeat(0f, 100)];
        values[3] = float.NaN;

        ValueSums sums = ValueSums.Of(values, 0.05f);

        Assert.True(double.IsNaN(sums.Mean) && double.IsNaN(sums.Squares));
        Assert.Equal(99, sums.AtMost);
    }
}
