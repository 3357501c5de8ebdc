using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Tests.Pictures;

public sealed class LinePlotTests
{
    private static readonly SKColor Red = new SKColor(0xFFFF0000);
    private static readonly SKColor Green = new SKColor(0xFF00FF00);

    [Theory]
    [InlineData(0, 1, 6, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.3, 2.7, 5, "1 2")]
    [InlineData(-3, 12, 6, "0 5 10")]
    [InlineData(-0.3, 0.3, 8, "-0.3 -0.2 -0.1 0 0.1 0.2 0.3")]
    [InlineData(0, 2_500_000, 4, "0 1e6 2e6")]
    public void Ticks_LinearAxis_AreRoundNumbersInside(double low, double high, int atMost, string expected) =>
        Assert.Equal(expected, string.Join(' ', new PlotAxis(low, high, false).Ticks(atMost).Select(tick => tick.Label)));

    [Fact]
    public void Ticks_LogarithmicAxis_ArePowersOfTenWithSmallOnesBetween()
    {
        IReadOnlyList<PlotTick> ticks = new PlotAxis(1e-7, 10, true).Ticks(20);

        Assert.Equal(
            ["1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1", "1e0", "1e1"],
            ticks.Select(tick => tick.Label).Where(label => label.Length > 0));
        Assert.Equal((9 * 8) + 1, ticks.Count);
    }

    [Fact]
    public void Share_LogarithmicAxis_IsLinearInTheExponent()
    {
        var axis = new PlotAxis(1e-7, 10, true);

        Assert.Equal(0.5, axis.Share(1e-3), 12);
        Assert.False(axis.Places(0));
    }

    [Fact]
    public void Over_OneNumberOrNone_IsAnAxisStill()
    {
        Assert.Equal(new PlotAxis(1, 3, false), PlotAxis.Over([2, 2, double.NaN], logarithmic: false));
        Assert.Equal(new PlotAxis(-1, 1, false), PlotAxis.Over([0], logarithmic: false));
        Assert.Equal(new PlotAxis(1, 10, true), PlotAxis.Over([-4, double.PositiveInfinity], logarithmic: true));
    }

    [Fact]
    public void Draw_Line_RisesFromTheLowerLeftToTheUpperRight()
    {
        using SKBitmap picture = Plot([(0, 0), (1, 1)]).Draw(300, 200);

        List<(int X, int Y)> dots = Dots(picture, Red);
        (int X, int Y) first = dots.MinBy(dot => (dot.X, dot.Y));
        (int X, int Y) last = dots.MaxBy(dot => (dot.X, dot.Y));
        Assert.True(first.X < 80 && last.X > 270, $"from {first} to {last}");
        Assert.True(first.Y > last.Y + 60, $"from {first} to {last}");
    }

    [Fact]
    public void Draw_PointThatIsNotFinite_InterruptsTheLine()
    {
        using SKBitmap whole = Plot([(0, 0), (1, 0.1), (2, 0.2), (3, 1)]).Draw(300, 200);
        using SKBitmap broken = Plot([(0, 0), (1, 0.1), (2, double.NaN), (3, 1)]).Draw(300, 200);

        Assert.True(Dots(broken, Red).Count < Dots(whole, Red).Count / 2);
    }

    [Fact]
    public void Draw_PointOutsideTheAxis_IsCutOffAtTheFrame()
    {
        var plot = new LinePlot
        {
            Title = "",
            XLabel = "",
            YLabel = "",
            Series = [new PlotSeries("loss", [(0, 0.5), (1, 1e30)], Red)],
            YAxis = new PlotAxis(0, 1, false),
        };
        using SKBitmap picture = plot.Draw(300, 200);

        List<(int X, int Y)> dots = Dots(picture, Red);
        Assert.NotEmpty(dots);
        Assert.True(dots.Min(dot => dot.Y) >= LinePlot.Area(300, 200).Top);
    }

    [Fact]
    public void Draw_Mark_StandsAtItsNumber()
    {
        using SKBitmap picture = Plot([(1e-4, 1), (1, 0)], logX: true, new PlotMark(1e-2, "valley", Green)).Draw(400, 200);

        var columns = Dots(picture, Green).GroupBy(dot => dot.X).OrderByDescending(column => column.Count()).First();
        List<(int X, int Y)> line = Dots(picture, Red);
        int middle = (line.Min(dot => dot.X) + line.Max(dot => dot.X)) / 2;
        Assert.InRange(columns.Key, middle - 1, middle + 1);
    }

    [Fact]
    public void Draw_Labels_AreWrittenInTheProgramsOwnFont()
    {
        using SKBitmap labelled = Plot([(0, 0), (1, 1)]).Draw(300, 200);
        SKRectI area = LinePlot.Area(300, 200);

        // Title above, axis label and numbers to the left and below.
        Assert.InRange(Dark(labelled, new SKRectI(0, 0, 300, area.Top - 2)), 40, 2_000);
        Assert.InRange(Dark(labelled, new SKRectI(0, area.Top, area.Left - 6, area.Bottom)), 40, 2_000);
        Assert.InRange(Dark(labelled, new SKRectI(area.Left, area.Bottom + 6, area.Right, 200)), 60, 2_000);
    }

    [Fact]
    public void Draw_SeveralSeries_HaveALegend()
    {
        var one = new LinePlot { Title = "", XLabel = "", YLabel = "", Series = [new PlotSeries("train", [(0, 1), (1, 0)], Red)] };
        var two = new LinePlot { Title = "", XLabel = "", YLabel = "", Series = [.. one.Series, new PlotSeries("valid", [(0, 1), (1, 1)], Green)] };
        using SKBitmap without = one.Draw(300, 200);
        using SKBitmap with = two.Draw(300, 200);
        SKRectI inside = LinePlot.Area(300, 200);
        inside.Inflate(-3, -3);

        Assert.True(Dark(with, inside) > Dark(without, inside) + 40);
    }

    [Fact]
    public void Draw_Background_FillsTheAreaBetweenTheAxes()
    {
        var plot = new LinePlot
        {
            Title = "",
            XLabel = "",
            YLabel = "",
            Series = [],
            Background = new PlotHeat(new FloatMap(2, 2, [0, 1, 1, 0]), ColourMap.Grey),
        };
        using SKBitmap picture = plot.Draw(300, 200);
        SKRectI area = LinePlot.Area(300, 200);

        Assert.Equal(SKColors.Black, picture.GetPixel(area.Left + 3, area.Top + 3));
        Assert.Equal(SKColors.White, picture.GetPixel(area.Right - 4, area.Top + 3));
        Assert.Equal(SKColors.White, picture.GetPixel(area.Left + 3, area.Bottom - 4));
        Assert.Equal(SKColors.Black, picture.GetPixel(area.MidX - 3, area.MidY - 3));
        Assert.Equal(SKColors.White, picture.GetPixel(area.MidX + 3, area.MidY - 3));
    }

    [Fact]
    public void Draw_SamePlotTwice_GivesTheSameBytes()
    {
        using SKBitmap first = Plot([(0, 3), (5, 1)]).Draw();
        using SKBitmap second = Plot([(0, 3), (5, 1)]).Draw();

        Assert.Equal(Bitmaps.Encode(first), Bitmaps.Encode(second));
    }

    [Fact]
    public void Draw_NoPoints_IsAnEmptyFrame()
    {
        using SKBitmap picture = Plot([]).Draw(200, 120);

        Assert.Empty(Dots(picture, Red));
    }

    private static int Dark(SKBitmap picture, SKRectI part) =>
        (from y in Enumerable.Range(part.Top, part.Height)
         from x in Enumerable.Range(part.Left, part.Width)
         where picture.GetPixel(x, y) is { Red: < 128, Green: < 128, Blue: < 128 }
         select (x, y)).Count();

    private static LinePlot Plot(IReadOnlyList<(double X, double Y)> points, bool logX = false, params PlotMark[] marks) => new()
    {
        Title = "a plot",
        XLabel = "learning rate",
        YLabel = "loss",
        Series = [new PlotSeries("loss", points, Red)],
        Marks = marks,
        LogX = logX,
    };

    private static List<(int X, int Y)> Dots(SKBitmap picture, SKColor colour) =>
        [.. from y in Enumerable.Range(0, picture.Height)
            from x in Enumerable.Range(0, picture.Width)
            where picture.GetPixel(x, y) == colour
            select (x, y)];
}
