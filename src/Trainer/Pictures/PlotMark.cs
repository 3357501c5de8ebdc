using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>A dashed vertical line with a text at its upper end.</summary>
/// <param name="X">Where.</param>
/// <param name="Label">The text.</param>
/// <param name="Colour">Its colour.</param>
internal sealed record PlotMark(double X, string Label, SKColor Colour);
