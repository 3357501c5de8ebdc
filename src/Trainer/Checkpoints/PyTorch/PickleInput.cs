using System.Buffers.Binary;
using System.Text;

namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>Reads a pickle's bytes in order; every length is checked against what is left before anything is allocated.</summary>
/// <param name="bytes">The whole pickle.</param>
internal sealed class PickleInput(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The next byte.</summary>
    /// <exception cref="PickleFormatException">Here and below: the pickle ends first, or text is not UTF-8.</exception>
    public byte ReadByte() => Take(1)[0];

    /// <summary>Two bytes, unsigned.</summary>
    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    /// <summary>Four bytes, signed.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Four bytes, unsigned.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>Eight bytes, unsigned.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>Eight bytes, the one number that pickle writes big-endian.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));

    /// <summary>A signed number of a byte-counted length.</summary>
    public long ReadLong()
    {
        int count = ReadByte();
        if (count > sizeof(long))
            throw new PickleFormatException($"an integer of {count} bytes; expected at most {sizeof(long)}");
        ReadOnlySpan<byte> digits = Take(count);
        long value = count > 0 && digits[^1] >= 0x80 ? -1 : 0;
        for (int i = count - 1; i >= 0; i--)
            value = (value << 8) | digits[i];
        return value;
    }

    /// <summary>Text of a known length in bytes.</summary>
    public string ReadText(ulong count)
    {
        try
        {
            return Utf8.GetString(Take(count));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleFormatException("text that is not UTF-8");
        }
    }

    /// <summary>Text up to a line feed, without it.</summary>
    public string ReadLine()
    {
        int length = bytes.Span[Position..].IndexOf((byte)'\n');
        if (length < 0)
            throw new PickleFormatException("a name without its end of line");
        string line = ReadText((ulong)length);
        Position++;
        return line;
    }

    /// <summary>Passes over bytes.</summary>
    public void Skip(ulong count) => Take(count);

    private ReadOnlySpan<byte> Take(ulong count)
    {
        int left = bytes.Length - Position;
        if (count > (ulong)left)
            throw new PickleFormatException($"{count} more bytes expected, {left} are left");
        ReadOnlySpan<byte> taken = bytes.Span.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    private ReadOnlySpan<byte> Take(int count) => Take((ulong)count);
}
