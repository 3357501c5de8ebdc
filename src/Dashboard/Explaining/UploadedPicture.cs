using System.Security.Cryptography;

namespace Granary.Dashboard.Explaining;

/// <summary>A picture that somebody sent to have it explained. Only its first bytes have been looked at: the trainer decodes it.</summary>
internal sealed class UploadedPicture
{
    /// <summary>Bytes of a picture at most.</summary>
    public const int MostBytes = 16 << 20;

    private UploadedPicture(byte[] bytes, string name)
    {
        Bytes = bytes;
        Name = name;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A file name of our own; what the sender calls it is never asked.</summary>
    public string Name { get; }

    /// <summary>SHA-256, lower-case hex.</summary>
    public string Hash { get; }

    /// <summary>The picture; null when the bytes begin neither like a JPEG nor like a PNG.</summary>
    /// <param name="bytes">The file, kept and not copied.</param>
    public static UploadedPicture? Of(byte[] bytes)
    {
        ReadOnlySpan<byte> jpeg = [0xFF, 0xD8, 0xFF];
        ReadOnlySpan<byte> png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        return bytes.AsSpan().StartsWith(jpeg) ? new UploadedPicture(bytes, "upload.jpg")
            : bytes.AsSpan().StartsWith(png) ? new UploadedPicture(bytes, "upload.png")
            : null;
    }
}
