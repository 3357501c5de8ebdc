using System.Runtime.InteropServices;

namespace Granary.Trainer.Data.Decoding;

/// <summary>
/// libturbojpeg, where the system has it (Debian: libturbojpeg0). It is the library that Skia decodes JPEG with, built with the processor's
/// vector instructions, which the build inside SkiaSharp lacks: the same pixels in half of the time. Without it Skia decodes alone.
/// Safe for several threads at once.
/// </summary>
internal static unsafe partial class TurboJpeg
{
    private const string Library = "libturbojpeg.so.0";

    // Of turbojpeg.h.
    private const int FormatRgb = 0;
    private const int SpaceCmyk = 3;
    private const int ErrorWarning = 0;

    private static readonly Lazy<bool> Loaded = new(() => NativeLibrary.TryLoad(Library, out _));

    /// <summary>Whether this system has the library.</summary>
    public static bool IsThere => Loaded.Value;

    /// <summary>Decodes a JPEG whose markers were found whole.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shape">The size of the result: the picture's, or a half, quarter or eighth of it, sides rounded up.</param>
    /// <param name="pixels">3 x width x height.</param>
    /// <returns>false: the library is not there, or has no RGB for the file (CMYK); Skia is to be asked.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static bool TryDecode(PictureBytes file, PictureShape shape, Span<byte> pixels)
    {
        if (!IsThere)
            return false;
        nint decoder = tjInitDecompress();
        if (decoder == 0)
            throw new InsufficientMemoryException("libturbojpeg could not allocate a decoder.");
        try
        {
            fixed (byte* data = file.Bytes, target = pixels)
            {
                var size = (nuint)file.Bytes.Length;
                int width, height, subsampling, space;
                Check(file, decoder, tjDecompressHeader3(decoder, data, size, &width, &height, &subsampling, &space));
                if (space >= SpaceCmyk)
                    return false;
                Check(file, decoder, tjDecompress2(decoder, data, size, target, shape.Width, 3 * shape.Width, shape.Height, FormatRgb, 0));
                return true;
            }
        }
        finally
        {
            _ = tjDestroy(decoder);
        }
    }

    // A warning is about data that still decode. Skia hears none of them, and both are to take the same files.
    private static void Check(PictureBytes file, nint decoder, int status)
    {
        if (status != 0 && tjGetErrorCode(decoder) != ErrorWarning)
            throw file.Damaged(Marshal.PtrToStringUTF8(tjGetErrorStr2(decoder))!.TrimEnd('.'));
    }

    [LibraryImport(Library)]
    private static partial nint tjInitDecompress();

    [LibraryImport(Library)]
    private static partial int tjDecompressHeader3(
        nint decoder, byte* data, nuint size, int* width, int* height, int* subsampling, int* space);

    [LibraryImport(Library)]
    private static partial int tjDecompress2(
        nint decoder, byte* data, nuint size, byte* pixels, int width, int pitch, int height, int format, int flags);

    [LibraryImport(Library)]
    private static partial int tjGetErrorCode(nint decoder);

    [LibraryImport(Library)]
    private static partial nint tjGetErrorStr2(nint decoder);

    [LibraryImport(Library)]
    private static partial int tjDestroy(nint decoder);
}
