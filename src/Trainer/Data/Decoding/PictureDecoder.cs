using System.Runtime.InteropServices;

namespace Granary.Trainer.Data.Decoding;

/// <summary>
/// JPEG and PNG files to rows of R, G, B bytes, through libjpeg-turbo and libpng. Grey pictures are repeated, CMYK becomes RGB, 16-bit
/// samples are rounded to 8, transparency is dropped; the orientation that a camera noted is not applied (PIL's <c>convert("RGB")</c>
/// and so torchvision's image folders do the same). A picture is whole or an error. Safe for several threads at once.
/// </summary>
internal static unsafe class PictureDecoder
{
    private const string Remedy = "Replace the file, or leave it out.";

    /// <summary>Reads what the header says.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="InvalidDataException">It is not a picture, its header is damaged, or it is too large to decode.</exception>
    public static PictureShape Measure(ReadOnlySpan<byte> file, string path)
    {
        PictureShape shape;
        byte* message = stackalloc byte[NativePictures.MessageBytes];
        message[0] = 0;
        int status;
        fixed (byte* data = file)
        {
            try
            {
                status = NativePictures.gp_measure(data, (nuint)file.Length, &shape, message);
            }
            catch (DllNotFoundException missing)
            {
                throw WithoutLibrary(missing);
            }
        }

        return status == NativePictures.Ok ? shape : throw Refuse(status, shape.Format, file, path, message);
    }

    /// <summary>Decodes a file that <see cref="Measure"/> has accepted.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="denominator">1, 2, 4 or 8: a JPEG comes out at that part of its size, sides rounded up; a PNG always whole.</param>
    /// <param name="pixels">At least 3 x width x height of the result.</param>
    /// <returns>The size of the result.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or cut off: the message says which and how.</exception>
    public static PictureShape Decode(ReadOnlySpan<byte> file, string path, int denominator, Span<byte> pixels)
    {
        PictureShape shape;
        byte* message = stackalloc byte[NativePictures.MessageBytes];
        message[0] = 0;
        int status;
        fixed (byte* data = file, target = pixels)
        {
            status = NativePictures.gp_decode(data, (nuint)file.Length, denominator, target, (nuint)pixels.Length, &shape, message);
        }

        return status == NativePictures.Ok ? shape : throw Refuse(status, shape.Format, file, path, message);
    }

    private static InvalidDataException Refuse(int status, PictureFormat format, ReadOnlySpan<byte> file, string path, byte* message)
    {
        string name = format == PictureFormat.Png ? "PNG" : "JPEG";
        return new InvalidDataException(status switch
        {
            _ when file.IsEmpty => $"{path}: the file is empty; expected a JPEG or PNG picture. {Remedy}",
            NativePictures.UnknownFormat =>
                $"{path}: not a picture: expected a JPEG (first bytes FFD8FF) or a PNG (89504E470D0A1A0A), found "
                + $"{Convert.ToHexString(file[..Math.Min(8, file.Length)])}. {Remedy}",
            NativePictures.Damaged =>
                $"{path}: damaged {name}, {file.Length} bytes: expected a whole picture, found \"{Text(message)}\". {Remedy}",
            _ => $"{path}: this {name} cannot be read: {Text(message)}. {Remedy}",
        });
    }

    private static string Text(byte* message) => Marshal.PtrToStringUTF8((nint)message)!.TrimEnd('.');

    private static InvalidOperationException WithoutLibrary(DllNotFoundException missing) =>
        new(
            $"libgranary_pictures.so, which decodes JPEG and PNG, cannot be loaded from {AppContext.BaseDirectory}. If it is missing there, run "
            + "native/pictures/build.sh and build again; if it is there, install libjpeg62-turbo and libpng16-16.",
            missing);
}
