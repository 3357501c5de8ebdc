using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>A plot of lines over a linear or logarithmic axis, drawn by ScottPlot with the ticks of <see cref="PlotAxis"/>.</summary>
internal sealed class LinePlot
{
    // Beyond this a line's pixels are not worth walking; what is cut off is outside anyway.
    private const double Far = 10;

    private const int PixelsPerXTick = 70;
    private const int PixelsPerYTick = 40;
    private const int LineHeight = Lettering.Height + 2;
    private const float FontSize = 12;

    private static readonly PixelPadding Around = new(left: 70, right: 20, bottom: 50, top: 34);
    private static readonly Color Ink = Color.FromSKColor(Lettering.Ink);

    static LinePlot()
    {
        if (!Fonts.FontResolvers.OfType<PlotFont>().Any())
            Fonts.FontResolvers.Insert(0, new PlotFont());
    }

    /// <summary>Above the plot.</summary>
    public required string Title { get; init; }

    /// <summary>Below the horizontal axis.</summary>
    public required string XLabel { get; init; }

    /// <summary>Beside the vertical axis.</summary>
    public required string YLabel { get; init; }

    /// <summary>The lines, drawn in this order.</summary>
    public required IReadOnlyList<PlotSeries> Series { get; init; }

    /// <summary>Vertical lines with a text.</summary>
    public IReadOnlyList<PlotMark> Marks { get; init; } = [];

    /// <summary>Colours that fill the area between the axes, drawn below the lines; null: a grid instead.</summary>
    public PlotHeat? Background { get; init; }

    /// <summary>The horizontal axis is logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>The horizontal axis; null: all points' numbers.</summary>
    public PlotAxis? XAxis { get; init; }

    /// <summary>The vertical axis; null: all points' numbers. What lies outside it is cut off.</summary>
    public PlotAxis? YAxis { get; init; }

    /// <summary>The pixels between the axes.</summary>
    /// <param name="width">Pixels of the picture.</param>
    /// <param name="height">Pixels of the picture.</param>
    public static SKRectI Area(int width, int height) =>
        new((int)Around.Left, (int)Around.Top, width - (int)Around.Right, height - (int)Around.Bottom);

    /// <summary>Draws it.</summary>
    /// <param name="width">Pixels, at least 200.</param>
    /// <param name="height">Pixels, at least 120.</param>
    /// <returns>The picture, the caller's to dispose.</returns>
    public SKBitmap Draw(int width = 800, int height = 480)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 120);
        PlotAxis x = XAxis ?? PlotAxis.Over(Series.SelectMany(series => series.Points, (_, point) => point.X), LogX);
        PlotAxis y = YAxis ?? PlotAxis.Over(Series.SelectMany(series => series.Points, (_, point) => point.Y), logarithmic: false);
        using var plot = new Plot();
        SKRectI area = Area(width, height);
        Frame(plot, x, y, area);
        if (Background is { } heat)
            heat.AddTo(plot);
        PlotMark[] marks = [.. Marks.Where(mark => x.Places(mark.X) && x.Share(mark.X) is >= 0 and <= 1)];
        foreach (PlotMark mark in marks)
            AddLine(plot, x.Share(mark.X), mark);
        foreach (PlotSeries series in Series)
            AddSeries(plot, x, y, series);
        for (int i = 0; i < marks.Length; i++)
            AddText(plot, x.Share(marks[i].X), marks[i], line: i);
        plot.Legend.IsVisible = Series.Count > 1;
        return Bitmaps.Draw(width, height, canvas => plot.Render(canvas, width, height));
    }

    // The axes run from 0 to 1: PlotAxis says where a number lies, and where marks stand.
    private void Frame(Plot plot, PlotAxis x, PlotAxis y, SKRectI area)
    {
        plot.Font.Set(PlotFont.Name);
        plot.Layout.Fixed(Around);
        plot.Axes.SetLimits(0, 1, 0, 1);
        plot.Axes.Bottom.TickGenerator = Ticks(x, area.Width / PixelsPerXTick);
        plot.Axes.Left.TickGenerator = Ticks(y, area.Height / PixelsPerYTick);
        plot.Title(Title);
        plot.XLabel(XLabel);
        plot.YLabel(YLabel);
        plot.Axes.Title.Label.Bold = false;
        foreach (LabelStyle label in (LabelStyle[])[plot.Axes.Title.Label, plot.Axes.Bottom.Label, plot.Axes.Left.Label])
        {
            label.FontSize = FontSize;
            label.Bold = false;
            label.ForeColor = Ink;
        }

        if (Background is not null)
            plot.HideGrid();
    }

    private static NumericManual Ticks(PlotAxis axis, int atMost) => new(
        [.. axis.Ticks(Math.Max(atMost, 2)).Select(tick => new Tick(axis.Share(tick.Value), tick.Label, tick.Label.Length > 0))]);

    // Without half-covered pixels: a thin upright line would be spread over two columns.
    private static void AddLine(Plot plot, double x, PlotMark mark) =>
        plot.Add.VerticalLine(x, width: 1, Color.FromSKColor(mark.Colour), LinePattern.Dashed).LineStyle.AntiAlias = false;

    // Texts stand below each other: marks may be close. One that would leave the plot stands to the left of its line.
    private static void AddText(Plot plot, double x, PlotMark mark, int line)
    {
        bool right = x < 0.75;
        ScottPlot.Plottables.Text text = plot.Add.Text(mark.Label, x, 1);
        text.LabelFontColor = Color.FromSKColor(mark.Colour);
        text.LabelFontSize = FontSize;
        text.LabelBackgroundColor = Colors.White;
        text.LabelAlignment = right ? Alignment.UpperLeft : Alignment.UpperRight;
        text.OffsetX = right ? 4 : -4;
        text.OffsetY = 4 + (line * LineHeight);
    }

    private static void AddSeries(Plot plot, PlotAxis x, PlotAxis y, PlotSeries series)
    {
        string name = series.Name;
        var run = new List<Coordinates>();
        foreach ((double px, double py) in series.Points)
        {
            if (x.Places(px) && y.Places(py))
                run.Add(new Coordinates(Math.Clamp(x.Share(px), -Far, Far), Math.Clamp(y.Share(py), -Far, Far)));
            else
                Flush();
        }

        Flush();

        void Flush()
        {
            if (run.Count == 0)
                return;
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(run.ToArray(), Color.FromSKColor(series.Colour));
            line.LineWidth = 2;
            // A run of one point has no line to show it.
            line.MarkerSize = run.Count == 1 ? 3 : 0;
            line.LegendText = name;
            name = "";
            run.Clear();
        }
    }
}
