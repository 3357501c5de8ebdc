using Granary.Trainer.Explain;
using Granary.Trainer.Insight;
using Granary.Trainer.Pictures;

namespace Granary.Trainer.Tests.Explain;

public sealed class ColourfulSheetTests
{
    // Well inside the plot's corners: its area is columns 65 to 778 and rows 50 to 270.
    private const int Left = 68;
    private const int Right = 775;
    private const int Top = 52;
    private const int Bottom = 268;

    [Fact]
    public void Draw_TwoSamples_HasTheLogarithmOfCountsWithLowBinsBelow()
    {
        var history = new LayerHistory();
        history.Add(Sample(1, low: 0, (0, 99)));
        history.Add(Sample(101, low: 0, (39, 9)));

        Canvas canvas = ColourfulSheet.Draw(history, "relu1");

        // ln(100) is the greatest, ln(10) half of it; the second sample begins at its step, 101 of 1 to 201.
        Assert.Equal(ColourMap.Viridis.At(1), canvas[Left, Bottom]);
        Assert.Equal(ColourMap.Viridis.At(0), canvas[Left, Top]);
        Assert.Equal(ColourMap.Viridis.At(1), canvas[419, Bottom]);
        Assert.Equal(ColourMap.Viridis.At(0), canvas[425, Bottom]);
        Assert.Equal(ColourMap.Viridis.At(0.5), canvas[Right, Top]);
    }

    [Fact]
    public void Draw_LayerThatHasBeenNegative_PutsZeroInTheMiddleOfEveryColumn()
    {
        var history = new LayerHistory();
        history.Add(Sample(1, low: 0, (0, 50)));
        history.Add(Sample(101, low: -10, (0, 50)));

        Canvas canvas = ColourfulSheet.Draw(history, "relu1");

        // The first column's outputs just above 0 are in the first bin above the middle.
        int middle = (Top + Bottom) / 2;
        Assert.Equal(ColourMap.Viridis.At(1), canvas[Left, middle - 3]);
        Assert.Equal(ColourMap.Viridis.At(0), canvas[Left, middle + 3]);
        Assert.Equal(ColourMap.Viridis.At(0), canvas[Left, Bottom]);
        Assert.Equal(ColourMap.Viridis.At(1), canvas[Right, Bottom]);
    }

    [Fact]
    public void Draw_OneSample_IsAPictureStill()
    {
        var history = new LayerHistory();
        history.Add(Sample(7, low: 0, (3, 1)));

        Assert.Equal(800, ColourfulSheet.Draw(history, "relu1").Width);
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
