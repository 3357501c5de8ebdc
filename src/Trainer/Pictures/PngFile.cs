using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Granary.Trainer.Pictures;

/// <summary>
/// Writes pictures as PNG (ISO/IEC 15948): 8-bit RGB, not interlaced, no time in it, so that the same picture gives the same bytes.
/// </summary>
internal static class PngFile
{
    private const byte ColourTypeRgb = 2;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <summary>Writes a picture: under a temporary name, flushed to disk, then renamed.</summary>
    /// <param name="path">Where to; a file of that name is replaced.</param>
    /// <param name="canvas">The picture.</param>
    public static void Write(string path, Canvas canvas)
    {
        byte[] bytes = Encode(canvas);
        string temporary = path + ".part";
        using (FileStream file = File.Create(temporary))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="canvas">The picture.</param>
    public static byte[] Encode(Canvas canvas)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), canvas.Height);
        header[8] = 8;
        header[9] = ColourTypeRgb;
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "IDAT", Compress(canvas));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Compress(Canvas canvas)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var filter = new PngFilter(canvas.Width * 3);
            for (int y = 0; y < canvas.Height; y++)
                zlib.Write(filter.Apply(canvas.Row(y)));
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, string type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[4 + data.Length];
        Encoding.ASCII.GetBytes(type, chunk);
        data.CopyTo(chunk.AsSpan(4));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(chunk));
        png.Write(number);
    }

    // CRC-32 of ISO 3309, as PNG's annex D has it.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint CrcOf(int value)
    {
        uint crc = (uint)value;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        return crc;
    }
}
