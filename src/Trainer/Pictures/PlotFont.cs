using ScottPlot;
using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>Gives ScottPlot the font that the program carries, whatever it asks for.</summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>The font's name.</summary>
    public const string Name = "DejaVu Sans";

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing width) => Lettering.Typeface;

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => Lettering.Typeface;
}
