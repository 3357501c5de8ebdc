using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Orleans.Serialization;

/// <summary>Writes values one after another into one growing buffer. For one thread at a time.</summary>
internal sealed class WireWriter
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);

    public int Position { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Position);

    /// <summary>Forgets what is written; a buffer that one large message made is given back.</summary>
    public void Reset()
    {
        Position = 0;
        if (_buffer.Length > 1 << 20)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(1024);
        }
    }

    public void WriteByte(byte value)
    {
        if (Position == _buffer.Length)
            Grow(1);
        _buffer[Position++] = value;
    }

    public void WriteVarUInt(ulong value)
    {
        if (_buffer.Length - Position < 10)
            Grow(10);
        int position = Position;
        while (value >= 0x80)
        {
            _buffer[position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[position++] = (byte)value;
        Position = position;
    }

    public void WriteVarInt(long value) => WriteVarUInt((ulong)((value << 1) ^ (value >> 63)));

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>A block of text; null is told from empty.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }

        int start = BeginBlock();
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_buffer.Length - Position < most)
            most = Encoding.UTF8.GetByteCount(value);
        var space = Take(most);
        Position += Encoding.UTF8.GetBytes(value, space) - most;
        EndBlock(start);
    }

    /// <summary>Leaves room for a length that <see cref="EndBlock"/> fills in.</summary>
    public int BeginBlock()
    {
        Take(4);
        return Position;
    }

    public void EndBlock(int start) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - 4), Position - start);

    public Span<byte> Take(int count)
    {
        if (_buffer.Length - Position < count)
            Grow(count);
        var span = _buffer.AsSpan(Position, count);
        Position += count;
        return span;
    }

    /// <summary>Room that has been taken before.</summary>
    public Span<byte> At(int position, int count) => _buffer.AsSpan(position, count);

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Position + count), _buffer.Length * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
