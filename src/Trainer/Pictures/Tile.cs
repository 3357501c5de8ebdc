using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>One picture of a sheet, which the sheet disposes.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Side">
/// Its longer side on the sheet at most, in pixels: when it is smaller each of its pixels becomes a square, else it shrinks, its shape kept.
/// </param>
/// <param name="Caption">Lines of text below it; what is wider than a tile is cut.</param>
internal sealed record Tile(SKBitmap Picture, int Side, params IReadOnlyList<string> Caption)
{
    private int Longer => Math.Max(Picture.Width, Picture.Height);

    /// <summary>Its size on the sheet.</summary>
    public SKSizeI Size => new(Scaled(Picture.Width), Scaled(Picture.Height));

    /// <summary>How pixels of the sheet are made of the picture's.</summary>
    public SKSamplingOptions Sampling =>
        Longer <= Side ? new SKSamplingOptions(SKFilterMode.Nearest) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);

    private int Scaled(int pixels) => Longer <= Side ? pixels * (Side / Longer) : Math.Max(pixels * Side / Longer, 1);
}
