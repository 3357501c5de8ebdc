using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Explain;

/// <summary>A picture with its heat map.</summary>
/// <param name="picture">The picture, square; disposed with this.</param>
/// <param name="heat">The heat map, at any resolution.</param>
internal sealed class HeatSheet(SKBitmap picture, FloatMap heat) : IDisposable
{
    private const int LeastSide = 224;

    // The heat map and the picture are worth the same.
    private const byte OverlayAlpha = 128;

    private readonly int _side = picture.Width * Math.Max(LeastSide / picture.Width, 1);

    /// <summary>The picture, enlarged.</summary>
    /// <returns>The caller's to dispose, as what the others return.</returns>
    public SKBitmap DrawOriginal() => Bitmaps.Enlarge(picture, _side, _side);

    /// <summary>The heat map from its least to its greatest number, blue to red, over the whole picture.</summary>
    public SKBitmap DrawHeat() => heat.Spread().ScaledBilinear(_side, _side).Paint(ColourMap.Jet);

    /// <summary>Both, half and half.</summary>
    public SKBitmap DrawOverlay()
    {
        SKBitmap both = DrawOriginal();
        using SKBitmap colours = DrawHeat();
        using var canvas = new SKCanvas(both);
        using var half = new SKPaint { Color = SKColors.Black.WithAlpha(OverlayAlpha) };
        canvas.DrawBitmap(colours, 0, 0, SKSamplingOptions.Default, half);
        return both;
    }

    /// <summary>Original, heat map and overlay side by side.</summary>
    /// <param name="title">Above them.</param>
    /// <param name="layer">The layer that was looked at.</param>
    public SKBitmap DrawThree(string title, string layer) => TileSheet.Draw(
        title,
        [
            new Tile(DrawOriginal(), _side, "original"),
            new Tile(DrawHeat(), _side, $"Grad-CAM at {layer}"),
            new Tile(DrawOverlay(), _side, "overlay"),
        ],
        columns: 3);

    /// <inheritdoc/>
    public void Dispose() => picture.Dispose();
}
