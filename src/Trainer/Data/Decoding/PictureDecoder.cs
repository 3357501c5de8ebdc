using System.Buffers;
using SkiaSharp;

namespace Granary.Trainer.Data.Decoding;

/// <summary>
/// JPEG and PNG files to rows of R, G, B bytes, through Skia, or for a JPEG through libturbojpeg where the system has it. Grey pictures are repeated, CMYK becomes RGB, of 16-bit samples the upper 8 bits
/// count, transparency is dropped, and numbers stay as they are stored: neither a colour profile nor the orientation that a camera noted is
/// applied (PIL's <c>convert("RGB")</c> and so torchvision's image folders do the same). A picture is whole or an error. Safe for several
/// threads at once.
/// </summary>
internal static unsafe class PictureDecoder
{
    // Rows at a time: what Skia writes stays in the processor's cache until it is packed.
    private const int RowsAtOnce = 16;

    // libjpeg interpolates the colours of halved planes between neighbours, so a cut would change the columns beside it.
    private const int Margin = 16;

    /// <summary>Reads what the header says.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">It is not a picture, its header is damaged, or it is too large to decode.</exception>
    public static PictureShape Measure(PictureBytes file)
    {
        PictureShape shape = file.Format == PictureFormat.Jpeg ? JpegMarkers.Measure(file) : PngChunks.Measure(file);
        return shape.IsBearable
            ? shape
            : throw file.Unreadable(FormattableString.Invariant($"{shape.Width}x{shape.Height} pixels, expected {PictureShape.Bounds}"));
    }

    /// <summary>Decodes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="denominator">1, 2, 4 or 8: a JPEG comes out at that part of its size, straight from its frequencies.</param>
    /// <param name="area">What is needed of the result: the pixels outside it are left as they are, or written.</param>
    /// <param name="pixels">At least 3 x width x height of <see cref="PictureShape.At"/>.</param>
    /// <exception cref="InvalidDataException">As <see cref="Measure"/>, or the file is damaged or cut off: the message says which and how.</exception>
    public static void Decode(PictureBytes file, int denominator, PixelArea area, Span<byte> pixels)
    {
        PictureShape shape = Measure(file).At(denominator);
        if (shape.Format == PictureFormat.Jpeg)
            JpegMarkers.CheckWhole(file);
        else
            PngChunks.CheckWhole(file);
        pixels = pixels[..(3 * shape.Width * shape.Height)];
        if (shape.Format == PictureFormat.Jpeg && TurboJpeg.TryDecode(file, shape, pixels))
            return;
        DecodeWithSkia(file, shape, denominator, area, pixels);
    }

    /// <summary>Decodes a file whose markers or chunks were found whole.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shape">The size of the result.</param>
    /// <param name="denominator">1, 2, 4 or 8.</param>
    /// <param name="area">What is needed of the result.</param>
    /// <param name="pixels">3 x width x height of the result.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal static void DecodeWithSkia(PictureBytes file, PictureShape shape, int denominator, PixelArea area, Span<byte> pixels)
    {
        fixed (byte* data = file.Bytes)
        {
            // Neither copies the file; both end before it may move.
            using var bytes = SKData.Create((nint)data, file.Bytes.Length);
            using var codec = SKCodec.Create(bytes);
            if (codec is null)
                throw file.Unreadable("its header is damaged, or of a kind that Skia does not know");
            SKSizeI size = codec.GetScaledDimensions(shape.Format == PictureFormat.Jpeg ? 1f / denominator : 1);
            if ((size.Width, size.Height) != (shape.Width, shape.Height))
                throw file.Damaged(FormattableString.Invariant($"{size.Width}x{size.Height} pixels after a header of {shape.Width}x{shape.Height}"));
            if (shape.Format == PictureFormat.Jpeg)
                DecodeRows(file, codec, shape, area, pixels);
            else
                DecodeWhole(file, codec, shape, pixels);
        }
    }

    // Stops after the area's last row: nothing that a decoder could find in the others is worth their time, for a JPEG has no checksum.
    private static void DecodeRows(PictureBytes file, SKCodec codec, PictureShape shape, PixelArea area, Span<byte> pixels)
    {
        int left = Math.Max(area.Left - Margin, 0);
        int right = Math.Min(area.Right + Margin, shape.Width);
        SKImageInfo info = Info(shape, SKColorType.Rgba8888);
        var options = right - left < shape.Width ? new SKCodecOptions(new SKRectI(left, 0, right, shape.Height)) : SKCodecOptions.Default;
        Check(file, codec.StartScanlineDecode(info, options));
        if (area.Top > 0 && !codec.SkipScanlines(area.Top))
            throw file.Damaged("Premature end of JPEG file");
        int stride = 4 * (right - left);
        byte[] rows = ArrayPool<byte>.Shared.Rent(RowsAtOnce * stride);
        fixed (byte* target = rows)
        {
            for (int y = area.Top; y < area.Bottom; y += RowsAtOnce)
            {
                int count = Math.Min(RowsAtOnce, area.Bottom - y);
                int read = codec.GetScanlines((nint)target, count, stride);
                if (read < count)
                    throw file.Damaged("Premature end of JPEG file");
                for (int row = 0; row < count; row++)
                    RgbRows.Pack(rows.AsSpan(row * stride, stride), pixels[(3 * (((y + row) * shape.Width) + left))..]);
            }
        }

        ArrayPool<byte>.Shared.Return(rows);
    }

    private static void DecodeWhole(PictureBytes file, SKCodec codec, PictureShape shape, Span<byte> pixels)
    {
        SKImageInfo info = Info(shape, SKColorType.Rgba8888);
        byte[] decoded = ArrayPool<byte>.Shared.Rent(info.BytesSize);
        fixed (byte* target = decoded)
            Check(file, codec.GetPixels(info, (nint)target, info.RowBytes, SKCodecOptions.Default));
        RgbRows.Pack(decoded.AsSpan(0, info.BytesSize), pixels);
        ArrayPool<byte>.Shared.Return(decoded);
    }

    // Without a colour space of its own the result has the file's numbers, and unless it is premultiplied A changes nothing.
    private static SKImageInfo Info(PictureShape shape, SKColorType type) => new(shape.Width, shape.Height, type, SKAlphaType.Unpremul);

    private static void Check(PictureBytes file, SKCodecResult result)
    {
        if (result == SKCodecResult.Success)
            return;
        throw result is SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput
            ? file.Damaged("data that do not decode")
            : file.Unreadable($"Skia says {result}");
    }
}
