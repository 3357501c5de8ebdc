using System.Runtime.InteropServices;

namespace Granary.Trainer.Data.Decoding;

/// <summary>The entry points of libgranary_pictures, which lies beside the program. Their contract is in native/pictures/pictures.h.</summary>
internal static unsafe partial class NativePictures
{
    /// <summary>Bytes of a message, its final zero counted.</summary>
    public const int MessageBytes = 256;

    /// <summary>The status of a whole, sound picture.</summary>
    public const int Ok = 0;

    /// <summary>The status of a file that is neither JPEG nor PNG.</summary>
    public const int UnknownFormat = 1;

    /// <summary>The status of a file that is not what its format asks for, or is cut off.</summary>
    public const int Damaged = 2;

    private const string Library = "granary_pictures";

    [LibraryImport(Library)]
    public static partial int gp_measure(byte* data, nuint size, PictureShape* shape, byte* message);

    [LibraryImport(Library)]
    public static partial int gp_decode(
        byte* data, nuint size, int denominator, byte* pixels, nuint capacity, PictureShape* shape, byte* message);
}
