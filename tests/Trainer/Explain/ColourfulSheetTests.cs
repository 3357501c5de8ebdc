using Granary.Trainer.Explain;
using Granary.Trainer.Insight;
using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Tests.Explain;

public sealed class ColourfulSheetTests
{
    private static readonly SKRectI Area = LinePlot.Area(800, 320);

    // Well inside the plot's corners.
    private static readonly int Left = Area.Left + 3;
    private static readonly int Right = Area.Right - 4;
    private static readonly int Top = Area.Top + 2;
    private static readonly int Bottom = Area.Bottom - 3;

    [Fact]
    public void Draw_TwoSamples_HasTheLogarithmOfCountsWithLowBinsBelow()
    {
        var history = new LayerHistory();
        history.Add(Sample(1, low: 0, (0, 99)));
        history.Add(Sample(101, low: 0, (39, 9)));

        using SKBitmap picture = ColourfulSheet.Draw(history, "relu1");

        // ln(100) is the greatest, ln(10) half of it; the second sample begins at its step, 101 of 1 to 201.
        Assert.Equal(ColourMap.Viridis.At(1), picture.GetPixel(Left, Bottom));
        Assert.Equal(ColourMap.Viridis.At(0), picture.GetPixel(Left, Top));
        Assert.Equal(ColourMap.Viridis.At(1), picture.GetPixel(Area.MidX - 3, Bottom));
        Assert.Equal(ColourMap.Viridis.At(0), picture.GetPixel(Area.MidX + 3, Bottom));
        Assert.Equal(ColourMap.Viridis.At(0.5), picture.GetPixel(Right, Top));
    }

    [Fact]
    public void Draw_LayerThatHasBeenNegative_PutsZeroInTheMiddleOfEveryColumn()
    {
        var history = new LayerHistory();
        history.Add(Sample(1, low: 0, (0, 50)));
        history.Add(Sample(101, low: -10, (0, 50)));

        using SKBitmap picture = ColourfulSheet.Draw(history, "relu1");

        // The first column's outputs just above 0 are in the first bin above the middle.
        int middle = (Top + Bottom) / 2;
        Assert.Equal(ColourMap.Viridis.At(1), picture.GetPixel(Left, middle - 3));
        Assert.Equal(ColourMap.Viridis.At(0), picture.GetPixel(Left, middle + 3));
        Assert.Equal(ColourMap.Viridis.At(0), picture.GetPixel(Left, Bottom));
        Assert.Equal(ColourMap.Viridis.At(1), picture.GetPixel(Right, Bottom));
    }

    [Fact]
    public void Draw_OneSample_IsAPictureStill()
    {
        var history = new LayerHistory();
        history.Add(Sample(7, low: 0, (3, 1)));

        using SKBitmap picture = ColourfulSheet.Draw(history, "relu1");
        Assert.Equal(800, picture.Width);
    }

    [Fact]
    public void Layers_OfAHistory_AreThoseRecorded()
    {
        var history = new LayerHistory();
        Assert.Empty(ColourfulSheet.Layers(history));

        history.Add(Sample(7, low: 0, (3, 1)));

        Assert.Equal(["relu1"], ColourfulSheet.Layers(history));
    }

    private static WatchSample Sample(long step, double low, (int Bin, int Count) filled)
    {
        int[] counts = new int[LayerHistogram.Bins];
        counts[filled.Bin] = filled.Count;
        return new WatchSample(
            step,
            [
                new LayerSample
                {
                    Layer = "relu1",
                    Kind = "ReLU",
                    Mean = 0,
                    StandardDeviation = 0,
                    NearZero = 0,
                    AbsoluteNearZero = 0,
                    Histogram = new LayerHistogram(low, 10, 100, counts),
                },
            ]);
    }
}
