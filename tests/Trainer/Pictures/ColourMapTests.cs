using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Tests.Pictures;

public sealed class ColourMapTests
{
    [Fact]
    public void At_ViridisAtQuarters_IsWithinThreeLevelsOfThePublishedColours()
    {
        // R's viridisLite, viridis(5): other points of the same map than the ten that the code has.
        int[] expected = [0x440154, 0x3B528B, 0x21908C, 0x5DC863, 0xFDE725];

        Assert.All(expected.Index(), point => AssertNear(new SKColor(0xFF000000 | (uint)point.Item), ColourMap.Viridis.At(point.Index / 4.0), 3));
    }

    [Fact]
    public void At_Jet_IsMatlabsThreeTrapezoids()
    {
        for (double value = 0; value <= 1; value += 1.0 / 64)
        {
            SKColor colour = ColourMap.Jet.At(value);

            AssertNear(new SKColor(Trapezoid(value, 3), Trapezoid(value, 2), Trapezoid(value, 1)), colour, 1);
        }

        static byte Trapezoid(double value, int peak) => (byte)Math.Round(255 * Math.Clamp(1.5 - Math.Abs((4 * value) - peak), 0, 1));
    }

    [Fact]
    public void At_Diverging_IsNearlyWhiteInTheMiddleBlueBelowRedAbove()
    {
        Assert.Equal(new SKColor(0xFFF7F7F7), ColourMap.Diverging.At(0.5));
        Assert.True(ColourMap.Diverging.At(0.1) is { Blue: > 150, Red: < 80 });
        Assert.True(ColourMap.Diverging.At(0.9) is { Red: > 150, Blue: < 80 });
    }

    [Fact]
    public void At_OutsideTheRange_IsTheNearerEnd()
    {
        Assert.Equal(SKColors.Black, ColourMap.Grey.At(-1));
        Assert.Equal(SKColors.White, ColourMap.Grey.At(double.PositiveInfinity));
        Assert.Equal(new SKColor(0xFFFF00FF), ColourMap.Grey.At(double.NaN));
    }

    private static void AssertNear(SKColor expected, SKColor actual, int within)
    {
        int[] differences = [expected.Red - actual.Red, expected.Green - actual.Green, expected.Blue - actual.Blue];
        Assert.True(differences.All(difference => Math.Abs(difference) <= within), $"expected {expected}, got {actual}");
    }
}
