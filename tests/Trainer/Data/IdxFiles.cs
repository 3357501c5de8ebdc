using System.Buffers.Binary;

namespace Granary.Trainer.Tests.Data;

/// <summary>Writes small IDX files, by the format's description.</summary>
internal static class IdxFiles
{
    public static byte[] Bytes(int[] dimensions, byte[] elements)
    {
        byte[] header = new byte[4 + (4 * dimensions.Length)];
        header[2] = 0x08;
        header[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), dimensions[i]);
        return [.. header, .. elements];
    }

    /// <summary>A set in Fashion-MNIST's files: picture i is one bright square whose place tells its class, i modulo 10.</summary>
    public static void WriteFashionMnist(string folder, int train, int valid)
    {
        WritePart(folder, "train", train);
        WritePart(folder, "t10k", valid);
    }

    public static byte[] Picture(int index)
    {
        byte[] pixels = new byte[28 * 28];
        int row = 4 + (10 * (index % 10 / 5));
        int column = 2 + (5 * (index % 5));
        for (int y = 0; y < 6; y++)
        {
            for (int x = 0; x < 4; x++)
                pixels[((row + y) * 28) + column + x] = (byte)(180 + (((index * 37) + (x * 11) + (y * 7)) % 70));
        }

        return pixels;
    }

    private static void WritePart(string folder, string part, int count)
    {
        byte[] pixels = [.. Enumerable.Range(0, count).SelectMany(Picture)];
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
        File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), Bytes([count, 28, 28], pixels));
        File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), Bytes([count], labels));
    }
}
