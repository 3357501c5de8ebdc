using System.Buffers.Binary;
using System.Text;

namespace Orleans.Serialization;

/// <summary>Reads what <see cref="WireWriter"/> wrote. Nothing is read past the innermost block that has been entered.</summary>
internal sealed class WireReader
{
    private byte[] _buffer = [];
    private int _position;
    private int _end;

    /// <summary>The bytes left in the innermost block.</summary>
    public int Remaining => _end - _position;

    public void Reset(byte[] buffer, int start, int length)
    {
        _buffer = buffer;
        _position = start;
        _end = start + length;
    }

    public byte ReadByte() => Take(1)[0];

    public ulong ReadVarUInt()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new SerializerException("A number of more than ten bytes: the data is damaged.");
    }

    public long ReadVarInt()
    {
        ulong value = ReadVarUInt();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string? ReadString()
    {
        int length = ReadInt32();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>A count of elements, each of which takes a byte at least.</summary>
    public int ReadCount()
    {
        ulong count = ReadVarUInt();
        return count <= (ulong)Remaining
            ? (int)count
            : throw new SerializerException($"A collection of {count} elements in {Remaining} bytes: the data is damaged.");
    }

    /// <summary>Enters a block; false where it is null. <paramref name="outerEnd"/> is for <see cref="LeaveBlock"/>.</summary>
    public bool EnterBlock(out int outerEnd)
    {
        int length = ReadInt32();
        outerEnd = _end;
        if (length < 0)
            return false;
        if (length > Remaining)
            throw new SerializerException($"A block of {length} bytes with {Remaining} left: the data is damaged.");
        _end = _position + length;
        return true;
    }

    /// <summary>Leaves a block, past whatever of it was not read.</summary>
    public void LeaveBlock(int outerEnd)
    {
        _position = _end;
        _end = outerEnd;
    }

    public void Skip(WireType type)
    {
        switch (type)
        {
            case WireType.VarInt:
                ReadVarUInt();
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Fixed128:
                Take(16);
                break;
            case WireType.Block:
                if (ReadInt32() is > 0 and var length)
                {
                    _position -= 4;
                    Take(4 + length);
                }

                break;
            default:
                throw new SerializerException($"Unknown wire type {(int)type}: the data is damaged.");
        }
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining)
            throw new SerializerException($"{count} bytes expected, {Remaining} left: the data is damaged.");
        var span = _buffer.AsSpan(_position, count);
        _position += count;
        return span;
    }
}
