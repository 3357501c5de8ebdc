using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Granary.Trainer.Tests.Pictures;

/// <summary>Reads PNG files as the standard says, and is strict: it shares no code with the writer. 8-bit RGB, not interlaced.</summary>
internal sealed class PngReader
{
    private readonly byte[] _pixels;

    private PngReader(int width, int height, IReadOnlyList<string> chunks, byte[] pixels)
    {
        Width = width;
        Height = height;
        Chunks = chunks;
        _pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    public IReadOnlyList<string> Chunks { get; }

    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            int at = ((y * Width) + x) * 3;
            return (_pixels[at], _pixels[at + 1], _pixels[at + 2]);
        }
    }

    public static PngReader Read(string path) => Read(File.ReadAllBytes(path));

    public static PngReader Read(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new List<string>();
        using var data = new MemoryStream();
        byte[] header = [];
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            byte[] typed = file[(at + 4)..(at + 8 + length)];
            Assert.Equal(Crc32(typed), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            string type = Encoding.ASCII.GetString(typed, 0, 4);
            chunks.Add(type);
            if (type == "IHDR")
                header = typed[4..];
            if (type == "IDAT")
                data.Write(typed.AsSpan(4));
            at += length + 12;
        }

        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        // Bit depth 8, colour type 2 (RGB), deflate, the five filters, no interlacing.
        Assert.Equal([8, 2, 0, 0, 0], header[8..]);
        return new PngReader(width, height, chunks, Unfilter(Inflate(data), width * 3, height));
    }

    private static byte[] Inflate(MemoryStream data)
    {
        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        return rows.ToArray();
    }

    private static byte[] Unfilter(byte[] rows, int bytes, int height)
    {
        Assert.Equal((bytes + 1) * height, rows.Length);
        byte[] pixels = new byte[bytes * height];
        for (int y = 0; y < height; y++)
        {
            int filter = rows[y * (bytes + 1)];
            for (int i = 0; i < bytes; i++)
            {
                int left = i < 3 ? 0 : pixels[(y * bytes) + i - 3];
                int above = y == 0 ? 0 : pixels[((y - 1) * bytes) + i];
                int corner = i < 3 || y == 0 ? 0 : pixels[((y - 1) * bytes) + i - 3];
                int predicted = filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    4 => Paeth(left, above, corner),
                    _ => throw new InvalidDataException($"row {y} has filter {filter}"),
                };
                pixels[(y * bytes) + i] = (byte)(rows[(y * (bytes + 1)) + 1 + i] + predicted);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        return new[] { left, above, corner }.MinBy(value => Math.Abs(estimate - value));
    }

    private static uint Crc32(byte[] bytes)
    {
        // Bit by bit over the polynomial, as the standard's definition goes; the writer has a table.
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint low = (crc ^ ((uint)value >> bit)) & 1;
                crc = (crc >> 1) ^ (low == 1 ? 0xEDB88320u : 0);
            }
        }

        return ~crc;
    }
}
