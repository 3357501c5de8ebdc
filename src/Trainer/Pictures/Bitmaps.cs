using System.Runtime.InteropServices;
using SkiaSharp;

namespace Granary.Trainer.Pictures;

/// <summary>Makes pictures and writes them as PNG. Whoever is handed a picture disposes it.</summary>
internal static class Bitmaps
{
    private const int ZlibLevel = 6;

    /// <summary>An opaque picture, each pixel of the colour that a function says.</summary>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="colour">A pixel's colour, by its column and row.</param>
    public static SKBitmap Paint(int width, int height, Func<int, int, SKColor> colour)
    {
        var picture = new SKBitmap(Info(width, height));
        Span<byte> bytes = picture.GetPixelSpan();
        for (int y = 0; y < height; y++)
        {
            Span<uint> row = MemoryMarshal.Cast<byte, uint>(bytes.Slice(y * picture.RowBytes, 4 * width));
            for (int x = 0; x < width; x++)
            {
                SKColor pixel = colour(x, y);
                row[x] = pixel.Red | ((uint)pixel.Green << 8) | ((uint)pixel.Blue << 16) | 0xFF000000;
            }
        }

        return picture;
    }

    /// <summary>A white picture that something draws on.</summary>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="draw">What draws; the canvas is gone afterwards.</param>
    public static SKBitmap Draw(int width, int height, Action<SKCanvas> draw)
    {
        var picture = new SKBitmap(Info(width, height));
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.White);
        draw(canvas);
        return picture;
    }

    /// <summary>A picture in another size, nearest pixel: right for enlarging what is made of few pixels.</summary>
    /// <param name="picture">The picture, which stays the caller's.</param>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    public static SKBitmap Enlarge(SKBitmap picture, int width, int height) =>
        picture.Resize(Info(width, height), new SKSamplingOptions(SKFilterMode.Nearest));

    /// <summary>The bytes of a PNG file. There is no time in it: the same picture gives the same bytes.</summary>
    /// <param name="picture">The picture.</param>
    public static byte[] Encode(SKBitmap picture)
    {
        using SKPixmap? pixels = picture.PeekPixels();
        using SKData? png = pixels?.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, ZlibLevel));
        return png?.ToArray() ?? throw new InvalidOperationException($"Skia made no PNG of {picture.Width}x{picture.Height} pixels.");
    }

    /// <summary>Writes a PNG file: under a temporary name, flushed to disk, then renamed.</summary>
    /// <param name="path">Where to; a file of that name is replaced.</param>
    /// <param name="picture">The picture.</param>
    public static void Write(string path, SKBitmap picture)
    {
        byte[] png = Encode(picture);
        string temporary = path + ".part";
        using (FileStream file = File.Create(temporary))
        {
            file.Write(png);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static SKImageInfo Info(int width, int height) => new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
}
