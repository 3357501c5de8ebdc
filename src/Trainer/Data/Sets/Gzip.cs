using System.IO.Compression;

namespace Granary.Trainer.Data.Sets;

/// <summary>Opens files that may be gzip-compressed.</summary>
internal static class Gzip
{
    /// <summary>The content of a file, decompressed when its first two bytes say that it is gzip.</summary>
    /// <param name="file">The file, at its start; the result owns it.</param>
    public static Stream Open(FileStream file)
    {
        bool compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
