using System.Buffers.Binary;

namespace Granary.Trainer.Data.Sets;

/// <summary>
/// Reads IDX files (LeCun, http://yann.lecun.com/exdb/mnist/): two zero bytes, the element type, the number of dimensions, each
/// dimension as a big-endian 32-bit number, then the elements. Gzip is recognised by its first two bytes.
/// </summary>
internal static class IdxReader
{
    private const byte UnsignedByte = 0x08;
    private const int MaxRecordBytes = 1 << 28;

    /// <summary>Reads a file of unsigned bytes.</summary>
    /// <param name="path">The file, gzip-compressed or not.</param>
    /// <param name="dimensions">Dimensions that the file must have; the first counts the records.</param>
    /// <returns>The dimensions and all elements.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is not that: the message says which record, what was expected, what is there.
    /// </exception>
    public static (int[] Dimensions, byte[] Elements) Read(string path, int dimensions)
    {
        using FileStream file = File.OpenRead(path);
        using Stream content = Gzip.Open(file);
        int[] sizes = ReadHeader(content, path, dimensions);
        byte[] elements = ReadRecords(content, path, sizes);
        if (content.ReadByte() >= 0)
            throw new InvalidDataException($"{path}: bytes follow the last of {sizes[0]} records. Fetch the file again.");
        return (sizes, elements);
    }

    private static int[] ReadHeader(Stream content, string path, int dimensions)
    {
        Span<byte> header = stackalloc byte[4 + (4 * dimensions)];
        int read = ReadSome(content, header, path, "the header");
        uint magic = read < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(header);
        uint expected = (uint)((UnsignedByte << 8) | dimensions);
        if (read < header.Length || magic != expected)
        {
            throw new InvalidDataException(
                $"{path}: not an IDX file of bytes with {dimensions} dimension(s): expected {header.Length} bytes of header beginning "
                + $"with 0x{expected:x8}, found {read} beginning with 0x{magic:x8}.");
        }

        int[] sizes = new int[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + (4 * i))..]);
            if (sizes[i] <= 0)
                throw new InvalidDataException($"{path}: dimension {i} is {sizes[i]}, expected at least 1.");
        }

        return sizes;
    }

    private static byte[] ReadRecords(Stream content, string path, int[] sizes)
    {
        long recordBytes = 1;
        foreach (int size in sizes.AsSpan(1))
            recordBytes = Math.Min(recordBytes * size, MaxRecordBytes + 1L);
        if (recordBytes * sizes[0] > Array.MaxLength)
            throw new InvalidDataException($"{path}: {string.Join('x', sizes)} bytes are more than one file may hold ({Array.MaxLength}).");

        byte[] elements = new byte[recordBytes * sizes[0]];
        int read = ReadSome(content, elements, path, $"{sizes[0]} records of {recordBytes} bytes");
        if (read < elements.Length)
        {
            throw new InvalidDataException(
                $"{path}: record {read / recordBytes} of {sizes[0]} is cut off: expected {recordBytes} bytes, found {read % recordBytes}. "
                + "Fetch the file again.");
        }

        return elements;
    }

    private static int ReadSome(Stream content, Span<byte> target, string path, string what)
    {
        try
        {
            return content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException(
                $"{path}: the gzip stream is damaged within {what}: {damage.Message} Fetch the file again.", damage);
        }
    }
}
