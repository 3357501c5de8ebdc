using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Granary.Trainer.Tests.Data.Decoding;

/// <summary>Writes PNG files piece by piece, so that tests can have kinds that no encoder at hand makes.</summary>
internal static class PngChunk
{
    public static byte[] Write(string type, byte[] content)
    {
        byte[] summed = [.. Encoding.ASCII.GetBytes(type), .. content];
        byte[] chunk = new byte[summed.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        summed.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + summed.Length), Crc32(summed));
        return chunk;
    }

    // Not interlaced; each row after the number of its filter.
    public static byte[] File(int width, int height, byte depth, byte colourType, byte[] rows) =>
        [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Header(width, height, depth, colourType), .. Write("IDAT", Compress(rows)), .. Write("IEND", [])];

    public static byte[] Header(int width, int height, byte depth, byte colourType)
    {
        byte[] content = [0, 0, 0, 0, 0, 0, 0, 0, depth, colourType, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(content, width);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4), height);
        return Write("IHDR", content);
    }

    private static byte[] Compress(byte[] rows)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(rows);
        return compressed.ToArray();
    }

    // The PNG specification's annex D, bit by bit.
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in data)
        {
            sum ^= value;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
        }

        return ~sum;
    }
}
