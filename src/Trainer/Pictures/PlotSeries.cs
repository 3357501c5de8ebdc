using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>A line of a plot. Points that are not finite, or not positive on a logarithmic axis, interrupt it.</summary>
/// <param name="Name">For the legend, which is drawn when there are several.</param>
/// <param name="Points">In the order in which they are joined.</param>
/// <param name="Colour">Its colour.</param>
internal sealed record PlotSeries(string Name, IReadOnlyList<(double X, double Y)> Points, SKColor Colour);
