namespace Granary.Trainer.Data.Decoding;

/// <summary>A file that is to be decoded, and how to say what is wrong with it.</summary>
/// <param name="path">Its path, for messages.</param>
/// <param name="file">The whole file.</param>
internal readonly ref struct PictureBytes(string path, ReadOnlySpan<byte> file)
{
    private const string Remedy = "Replace the file, or leave it out.";

    private static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The whole file.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = file;

    /// <summary>The format that the first bytes say.</summary>
    /// <exception cref="InvalidDataException">It is neither JPEG nor PNG.</exception>
    public PictureFormat Format =>
        Bytes.StartsWith(JpegSignature) ? PictureFormat.Jpeg
        : Bytes.StartsWith(PngSignature) ? PictureFormat.Png
        : throw Foreign();

    /// <summary>The error that the file is not what its format asks for, or is cut off.</summary>
    /// <param name="found">What was found, without a final dot.</param>
    public InvalidDataException Damaged(string found) =>
        new($"{path}: damaged {Name}, {Bytes.Length} bytes: expected a whole picture, found \"{found}\". {Remedy}");

    /// <summary>The error that the file may be sound, but is not decoded.</summary>
    /// <param name="reason">Why, without a final dot.</param>
    public InvalidDataException Unreadable(string reason) => new($"{path}: this {Name} cannot be read: {reason}. {Remedy}");

    private string Name => Format == PictureFormat.Png ? "PNG" : "JPEG";

    private InvalidDataException Foreign() =>
        new(Bytes.IsEmpty
            ? $"{path}: the file is empty; expected a JPEG or PNG picture. {Remedy}"
            : $"{path}: not a picture: expected a JPEG (first bytes FFD8FF) or a PNG (89504E470D0A1A0A), found "
                + $"{Convert.ToHexString(Bytes[..Math.Min(8, Bytes.Length)])}. {Remedy}");
}
