using System.Buffers.Binary;
using System.Net.Sockets;

namespace Orleans.Runtime;

/// <summary>Cuts the bytes of a socket into messages.</summary>
internal sealed class FrameReader(Socket socket, int largest)
{
    private const int Usual = 256 * 1024;

    // A buffer that one large message made is kept for the next ones up to this size.
    private const int Kept = 4 * 1024 * 1024;

    private int _start;
    private int _end;

    public byte[] Buffer { get; private set; } = new byte[Usual];

    /// <summary>Waits for more bytes; false at the end of the stream.</summary>
    public async ValueTask<bool> ReadAsync()
    {
        MakeRoom();
        int read = await socket.ReceiveAsync(Buffer.AsMemory(_end)).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    /// <summary>The next message that is there as a whole.</summary>
    public bool TryTake(out int start, out int length)
    {
        start = length = 0;
        if (_end - _start < 4)
            return false;
        length = LengthAt(_start);
        if (_end - _start - 4 < length)
            return false;
        start = _start + 4;
        _start = start + length;
        return true;
    }

    private int LengthAt(int position)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(Buffer.AsSpan(position));
        return length > 0 && length <= largest
            ? length
            : throw new InvalidDataException($"A message of {length} bytes: expected 1 to {largest}.");
    }

    private void MakeRoom()
    {
        int needed = _end - _start >= 4 ? LengthAt(_start) + 4 : 4;
        var target = needed > Buffer.Length ? new byte[Math.Max(needed, Math.Min(Buffer.Length * 2L, largest))] : Buffer;
        if (_start == _end && Buffer.Length > Kept)
            target = new byte[Usual];
        if (target == Buffer && _start > 0 && (Buffer.Length - _start < needed || _start == _end || Buffer.Length - _end < Usual / 4))
        {
            Buffer.AsSpan(_start, _end - _start).CopyTo(Buffer);
        }
        else if (target != Buffer)
        {
            Buffer.AsSpan(_start, _end - _start).CopyTo(target);
            Buffer = target;
        }
        else
        {
            return;
        }

        _end -= _start;
        _start = 0;
    }
}
