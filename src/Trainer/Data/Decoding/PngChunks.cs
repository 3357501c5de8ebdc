using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Granary.Trainer.Data.Decoding;

/// <summary>
/// A PNG's chunks, read without decoding anything: its size, and whether it is whole. Skia reads no further than the last row, so it
/// would not see that the end is missing.
/// </summary>
/// <param name="file">The file; it begins with PNG's signature.</param>
internal ref struct PngChunks(PictureBytes file)
{
    private const int SignatureBytes = 8;
    private const int HeaderBytes = 13;

    private readonly PictureBytes _file = file;
    private int _at = SignatureBytes;

    /// <summary>The size that the header says.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">The header is cut off or damaged.</exception>
    public static PictureShape Measure(PictureBytes file)
    {
        ReadOnlySpan<byte> header = Header(file);
        uint width = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(header[sizeof(uint)..]);
        return width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue
            ? new PictureShape(PictureFormat.Png, (int)width, (int)height)
            : throw file.Damaged(FormattableString.Invariant($"{width}x{height} pixels"));
    }

    /// <summary>Goes through the file to its end chunk and checks every checksum on the way.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">It ends before, or a checksum is wrong.</exception>
    public static void CheckWhole(PictureBytes file)
    {
        var chunks = new PngChunks(file);
        while (!chunks.Next(out _).SequenceEqual("IEND"u8))
        {
        }
    }

    private static ReadOnlySpan<byte> Header(PictureBytes file)
    {
        var chunks = new PngChunks(file);
        ReadOnlySpan<byte> type = chunks.Next(out ReadOnlySpan<byte> header);
        return type.SequenceEqual("IHDR"u8) && header.Length == HeaderBytes ? header : throw file.Damaged("no header");
    }

    // A chunk: the length of its content, type and content, which the checksum covers, and that.
    private ReadOnlySpan<byte> Next(out ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = _file.Bytes[_at..];
        const int Around = 3 * sizeof(uint);
        uint length = rest.Length < Around ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - Around)
            throw _file.Damaged("the file ends too early");
        ReadOnlySpan<byte> summed = rest.Slice(sizeof(uint), sizeof(uint) + (int)length);
        ReadOnlySpan<byte> type = summed[..sizeof(uint)];
        if (Crc32.HashToUInt32(summed) != BinaryPrimitives.ReadUInt32BigEndian(rest[(sizeof(uint) + summed.Length)..]))
            throw _file.Damaged($"{Encoding.Latin1.GetString(type)}: CRC error");
        _at += Around + (int)length;
        content = summed[sizeof(uint)..];
        return type;
    }
}
