using System.Globalization;
using Granary.Trainer.Learning.Finding;
using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Tools.Finding;

/// <summary>The finder's curve as people look at it: in the terminal and as a picture.</summary>
/// <param name="curve">The curve.</param>
/// <param name="title">What was searched for.</param>
internal sealed class RatePlot(RateCurve curve, string title)
{
    // As fastai draws it: without the steep end.
    private const int LeftOut = 5;

    // A loss far above the first tells nothing more, and would press the valley flat.
    private const double Highest = 1.5;

    private static readonly SKColor Line = new(0x1F, 0x77, 0xB4);
    private static readonly SKColor ValleyColour = new(0x2C, 0xA0, 0x2C);
    private static readonly SKColor SteepColour = new(0xD6, 0x27, 0x28);

    private readonly (double X, double Y)[] _points =
    [
        .. curve.Points.SkipLast(curve.Points.Count > 2 * LeftOut ? LeftOut : 0)
            .Where(point => double.IsFinite(point.Smoothed)).Select(point => (point.Rate, point.Smoothed)),
    ];

    /// <summary>The plot in a terminal, and the suggestions below it.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows of the curve.</param>
    /// <param name="unicode">The terminal shows braille.</param>
    public IEnumerable<string> Lines(int width, int height, bool unicode)
    {
        if (_points.Length > 1)
        {
            (double, char)[] marks = [.. Suggestions().Select(suggestion => (suggestion.Rate, suggestion.Name[0]))];
            foreach (string line in new TerminalPlot(X(), Y()) { Unicode = unicode }.Draw(_points, marks, width, height))
                yield return line;
        }

        foreach ((string name, double rate) in Suggestions())
            yield return string.Create(CultureInfo.InvariantCulture, $"{name[0]}  {name,-6}  {rate:g3}");
    }

    /// <summary>The plot as a picture, the caller's to dispose.</summary>
    public SKBitmap Draw() => new LinePlot
    {
        Title = title,
        XLabel = "learning rate",
        YLabel = "loss, smoothed",
        LogX = true,
        XAxis = X(),
        YAxis = Y(),
        Series = [new PlotSeries("loss", _points, Line)],
        Marks =
        [
            .. Suggestions().Select(suggestion => new PlotMark(
                suggestion.Rate,
                string.Create(CultureInfo.InvariantCulture, $"{suggestion.Name} {suggestion.Rate:g3}"),
                suggestion.Name == "valley" ? ValleyColour : SteepColour)),
        ],
    }.Draw();

    private IEnumerable<(string Name, double Rate)> Suggestions()
    {
        if (curve.Valley is { } valley)
            yield return ("valley", valley);
        if (curve.Steep is { } steep)
            yield return ("steep", steep);
    }

    private PlotAxis X() => PlotAxis.Over(_points.Select(point => point.X), logarithmic: true);

    private PlotAxis Y()
    {
        double ceiling = _points.Length > 0 ? Highest * _points[0].Y : double.PositiveInfinity;
        return PlotAxis.Over(_points.Select(point => Math.Min(point.Y, ceiling)), logarithmic: false);
    }
}
