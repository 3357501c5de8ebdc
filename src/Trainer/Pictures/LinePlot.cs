namespace Granary.Trainer.Pictures;

/// <summary>A plot of lines over a linear or logarithmic axis.</summary>
internal sealed class LinePlot
{
    private const int Margin = 10;
    private const int LeftSpace = 64;
    private const int TickLength = 4;
    private const int LineHeight = BitmapFont.Height + 4;

    private static readonly Colour Frame = Colour.Grey(0x60);
    private static readonly Colour Grid = Colour.Grey(0xE4);
    private static readonly Colour Ink = Colour.Grey(0x20);

    /// <summary>Above the plot.</summary>
    public required string Title { get; init; }

    /// <summary>Below the horizontal axis.</summary>
    public required string XLabel { get; init; }

    /// <summary>Above the vertical axis.</summary>
    public required string YLabel { get; init; }

    /// <summary>The lines, drawn in this order.</summary>
    public required IReadOnlyList<PlotSeries> Series { get; init; }

    /// <summary>Vertical lines with a text.</summary>
    public IReadOnlyList<PlotMark> Marks { get; init; } = [];

    /// <summary>A picture that fills the area between the axes, drawn below the lines; null: a grid instead.</summary>
    public Canvas? Background { get; init; }

    /// <summary>The horizontal axis is logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>The horizontal axis; null: all points' numbers.</summary>
    public PlotAxis? XAxis { get; init; }

    /// <summary>The vertical axis; null: all points' numbers. What lies outside it is cut off.</summary>
    public PlotAxis? YAxis { get; init; }

    /// <summary>Draws it on a new canvas.</summary>
    /// <param name="width">Pixels, at least 200.</param>
    /// <param name="height">Pixels, at least 120.</param>
    public Canvas Draw(int width = 800, int height = 480)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 120);
        var canvas = new Canvas(width, height, Colour.White);
        var area = new PlotArea(
            XAxis ?? PlotAxis.Over(Series.SelectMany(series => series.Points, (_, point) => point.X), LogX),
            YAxis ?? PlotAxis.Over(Series.SelectMany(series => series.Points, (_, point) => point.Y), logarithmic: false),
            Left: LeftSpace,
            Top: Margin + (3 * LineHeight),
            Width: width - LeftSpace - (2 * Margin),
            Height: height - (6 * LineHeight) - (2 * Margin));
        DrawFrame(canvas, area);
        if (Background is not null)
            canvas.DrawPicture(Background.ScaledNearest(area.Width - 2, area.Height - 1), area.Left + 1, area.Top + 1);
        for (int i = 0; i < Marks.Count; i++)
            DrawMark(canvas, area, Marks[i], line: i - 1);
        foreach (PlotSeries series in Series)
            DrawSeries(canvas, area, series);
        if (Series.Count > 1)
            DrawLegend(canvas, area);
        return canvas;
    }

    private void DrawFrame(Canvas canvas, PlotArea area)
    {
        foreach (PlotTick tick in area.X.Ticks(Math.Max(area.Width / 70, 2)))
        {
            int x = area.Column(tick.Value);
            if (tick.Label.Length > 0)
                canvas.FillRectangle(x, area.Top, 1, area.Height, Grid);
            canvas.FillRectangle(x, area.Bottom, 1, tick.Label.Length > 0 ? TickLength : TickLength / 2, Frame);
            canvas.DrawText(x - (BitmapFont.Measure(tick.Label) / 2), area.Bottom + TickLength + 3, tick.Label, Ink);
        }

        foreach (PlotTick tick in area.Y.Ticks(Math.Max(area.Height / 40, 2)))
        {
            int y = area.Row(tick.Value);
            if (tick.Label.Length > 0)
                canvas.FillRectangle(area.Left, y, area.Width, 1, Grid);
            canvas.FillRectangle(area.Left - TickLength, y, TickLength, 1, Frame);
            int left = area.Left - TickLength - 3 - BitmapFont.Measure(tick.Label);
            canvas.DrawText(left, y - (BitmapFont.Ascent / 2), tick.Label, Ink);
        }

        canvas.DrawRectangle(area.Left, area.Top, area.Width, area.Height + 1, Frame);
        canvas.DrawText(Margin, Margin, Title, Ink);
        canvas.DrawText(Margin, Margin + LineHeight, YLabel, Frame);
        int middle = area.Left + ((area.Width - BitmapFont.Measure(XLabel)) / 2);
        canvas.DrawText(middle, area.Bottom + TickLength + 3 + LineHeight, XLabel, Frame);
    }

    // The first text stands above the frame, the others below each other in it: marks may be close. One that would leave the plot stands
    // to the left of its line.
    private static void DrawMark(Canvas canvas, PlotArea area, PlotMark mark, int line)
    {
        if (!area.X.Places(mark.X) || area.X.Share(mark.X) is < 0 or > 1)
            return;
        int x = area.Column(mark.X);
        for (int y = area.Top; y < area.Bottom; y += 6)
            canvas.FillRectangle(x, y, 1, Math.Min(3, area.Bottom - y), mark.Colour);
        int text = BitmapFont.Measure(mark.Label);
        int left = x + 3 + text <= area.Left + area.Width ? x + 3 : x - 3 - text;
        canvas.DrawText(left, area.Top + (line * LineHeight) + (line < 0 ? 0 : TickLength), mark.Label, mark.Colour);
    }

    private static void DrawSeries(Canvas canvas, PlotArea area, PlotSeries series)
    {
        (int X, int Y)? last = null;
        foreach ((double x, double y) in series.Points)
        {
            if (!area.X.Places(x) || !area.Y.Places(y))
            {
                last = null;
                continue;
            }

            (int X, int Y) here = (area.Column(x), area.Row(y));
            (int X, int Y) from = last ?? here;
            area.DrawLine(canvas, from, here, series.Colour);
            // A second line beside it: two pixels are seen better than one.
            (int across, int down) = Math.Abs(here.Y - from.Y) > Math.Abs(here.X - from.X) ? (1, 0) : (0, 1);
            area.DrawLine(canvas, (from.X + across, from.Y + down), (here.X + across, here.Y + down), series.Colour);
            last = here;
        }
    }

    private void DrawLegend(Canvas canvas, PlotArea area)
    {
        int left = area.Left;
        int top = area.Bottom + TickLength + 3 + (2 * LineHeight);
        foreach (PlotSeries series in Series)
        {
            canvas.FillRectangle(left, top + 2, 14, 3, series.Colour);
            canvas.DrawText(left + 18, top, series.Name, Ink);
            left += 18 + BitmapFont.Measure(series.Name) + 16;
        }
    }
}
