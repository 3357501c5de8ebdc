using Granary.Trainer.Pictures;

namespace Granary.Trainer.Tests.Pictures;

public sealed class LinePlotTests
{
    private static readonly Colour Red = Colour.Of(0xFF0000);
    private static readonly Colour Green = Colour.Of(0x00FF00);

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
        Canvas canvas = Plot([(0, 0), (1, 1)]).Draw(300, 200);

        List<(int X, int Y)> dots = Dots(canvas, Red);
        (int X, int Y) first = dots.MinBy(dot => (dot.X, dot.Y));
        (int X, int Y) last = dots.MaxBy(dot => (dot.X, dot.Y));
        Assert.True(first.X < 80 && last.X > 270, $"from {first} to {last}");
        Assert.True(first.Y > last.Y + 60, $"from {first} to {last}");
    }

    [Fact]
    public void Draw_PointThatIsNotFinite_InterruptsTheLine()
    {
        Canvas whole = Plot([(0, 0), (1, 0.1), (2, 0.2), (3, 1)]).Draw(300, 200);
        Canvas broken = Plot([(0, 0), (1, 0.1), (2, double.NaN), (3, 1)]).Draw(300, 200);

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
        Canvas canvas = plot.Draw(300, 200);

        List<(int X, int Y)> dots = Dots(canvas, Red);
        Assert.NotEmpty(dots);
        // The frame begins below margin and two lines of text.
        Assert.True(dots.Min(dot => dot.Y) >= 40);
    }

    [Fact]
    public void Draw_Mark_StandsAtItsNumber()
    {
        Canvas canvas = Plot([(1e-4, 1), (1, 0)], logX: true, new PlotMark(1e-2, "valley", Green)).Draw(400, 200);

        var columns = Dots(canvas, Green).GroupBy(dot => dot.X).OrderByDescending(column => column.Count()).First();
        List<(int X, int Y)> line = Dots(canvas, Red);
        int middle = (line.Min(dot => dot.X) + line.Max(dot => dot.X)) / 2;
        Assert.InRange(columns.Key, middle - 1, middle + 1);
    }

    [Fact]
    public void Draw_SamePlotTwice_GivesTheSameBytes() =>
        Assert.Equal(PngFile.Encode(Plot([(0, 3), (5, 1)]).Draw()), PngFile.Encode(Plot([(0, 3), (5, 1)]).Draw()));

    [Fact]
    public void Draw_NoPoints_IsAnEmptyFrame() => Assert.Empty(Dots(Plot([]).Draw(200, 120), Red));

    private static LinePlot Plot(IReadOnlyList<(double X, double Y)> points, bool logX = false, params PlotMark[] marks) => new()
    {
        Title = "a plot",
        XLabel = "learning rate",
        YLabel = "loss",
        Series = [new PlotSeries("loss", points, Red)],
        Marks = marks,
        LogX = logX,
    };

    private static List<(int X, int Y)> Dots(Canvas canvas, Colour colour) =>
        [.. from y in Enumerable.Range(0, canvas.Height)
            from x in Enumerable.Range(0, canvas.Width)
            where canvas[x, y] == colour
            select (x, y)];
}
