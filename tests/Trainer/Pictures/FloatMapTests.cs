using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Tests.Pictures;

public sealed class FloatMapTests
{
    private static readonly FloatMap Map = new(3, 2, [0, 1, 4, 2, -1, 3]);

    [Fact]
    public void ScaledBilinear_Larger_EqualsPyTorchsInterpolate()
    {
        // torch 1.13: F.interpolate(x, size=(5, 4), mode='bilinear', align_corners=False)
        float[] expected =
        [
            0, 0.625f, 2.125f, 4,
            0.2f, 0.575f, 1.9625f, 3.9f,
            1, 0.375f, 1.3125f, 3.5f,
            1.8f, 0.175f, 0.6625f, 3.1f,
            2, 0.125f, 0.5f, 3,
        ];

        FloatMap scaled = Map.ScaledBilinear(4, 5);

        Assert.Equal(expected, scaled.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Spread_AnyNumbers_ReachesFromZeroToOne()
    {
        Assert.Equal([0.2f, 0.4f, 1, 0.6f, 0, 0.8f], Map.Spread().Values.ToArray());
    }

    [Fact]
    public void Spread_AllTheSame_IsZero() => Assert.Equal([0, 0], new FloatMap(2, 1, [7, 7]).Spread().Values.ToArray());

    [Fact]
    public void Spread_NotFinite_StaysAndDoesNotSpoilTheOthers()
    {
        float[] spread = new FloatMap(4, 1, [float.NaN, 1, float.PositiveInfinity, 3]).Spread().Values.ToArray();

        Assert.Equal([float.NaN, 0, float.PositiveInfinity, 1], spread);
    }

    [Fact]
    public void Paint_Numbers_TakeTheMapsColours()
    {
        using SKBitmap picture = Map.Spread().Paint(ColourMap.Grey);

        Assert.Equal(SKColors.Black, picture.GetPixel(1, 1));
        Assert.Equal(SKColors.White, picture.GetPixel(2, 0));
        Assert.Equal(new SKColor(51, 51, 51), picture.GetPixel(0, 0));
    }

    [Fact]
    public void Constructor_TooFewNumbers_SaysHowMany()
    {
        var error = Assert.Throws<ArgumentException>(() => new FloatMap(3, 2, [1, 2]));

        Assert.Contains("3x2 numbers was given 2", error.Message, StringComparison.Ordinal);
    }
}
