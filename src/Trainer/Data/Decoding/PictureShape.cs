namespace Granary.Trainer.Data.Decoding;

/// <summary>What a picture file is and how large.</summary>
/// <param name="Format">The file's format.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct PictureShape(PictureFormat Format, int Width, int Height)
{
    // Sides as in JPEG's own limit, area as in PIL's bound against decompression bombs.
    private const int MaxSide = 65_500;
    private const int MaxPixels = 178_956_970;

    /// <summary>Whether a file may ask for so much; said before anything is decoded.</summary>
    public bool IsBearable => Width <= MaxSide && Height <= MaxSide && (long)Width * Height <= MaxPixels;

    /// <summary>What <see cref="IsBearable"/> asks for, for messages.</summary>
    public static string Bounds => FormattableString.Invariant($"sides of at most {MaxSide} and at most {MaxPixels} pixels in all");

    /// <summary>The picture at a part of its size: sides rounded up; a PNG always comes whole.</summary>
    /// <param name="denominator">1, 2, 4 or 8.</param>
    public PictureShape At(int denominator) =>
        Format == PictureFormat.Png
            ? this
            : this with { Width = (Width + denominator - 1) / denominator, Height = (Height + denominator - 1) / denominator };
}
