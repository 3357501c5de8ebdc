using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// Reads messages from a response body. One pooled array serves all messages of a call; it is taken when bytes are there and
/// given back when the body ends, so that an idle stream holds a small one at most.
/// </summary>
internal sealed class StreamMessageReader<T>(Stream body, MessageDecoder<T> decoder) : IDisposable
{
    private const int SmallestArray = 4096;

    // How far to read beyond what the current message needs. More would be moved when the next message needs the room.
    private const int ReadAhead = 16 * 1024;

    // An array above this size is given back after each message.
    private const int LargestKept = 256 * 1024;

    private const int Idle = 0;
    private const int Busy = 1;
    private const int Closed = 2;

    private byte[] _array = [];
    private int _start;
    private int _end;
    private int _state;

    private int Buffered => _end - _start;

    /// <summary>Reads the next message; none at the end of the body.</summary>
    /// <exception cref="RpcException">The body is malformed or a message is too large.</exception>
    public async ValueTask<(bool Found, T? Message)> ReadAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Busy, Idle) != Idle)
        {
            throw new OperationCanceledException("The call was disposed.", cancellationToken);
        }

        try
        {
            if (!await FillAsync(MessageFrame.HeaderLength, cancellationToken).ConfigureAwait(false))
            {
                return (false, default);
            }

            (bool compressed, int length) = MessageFrame.ReadHeader(_array.AsSpan(_start, MessageFrame.HeaderLength), decoder.Limits);
            await FillAsync(MessageFrame.HeaderLength + length, cancellationToken).ConfigureAwait(false);
            var payload = new ReadOnlySequence<byte>(_array, _start + MessageFrame.HeaderLength, length);
            T message = decoder.Decode(compressed, payload);
            Consume(MessageFrame.HeaderLength + length);
            return (true, message);
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _state, Idle, Busy) != Busy)
            {
                Release();
            }
        }
    }

    /// <summary>Gives the array back, at once or when the running read ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _state, Closed) == Idle)
        {
            Release();
        }
    }

    /// <summary>Reads until so many bytes are buffered; false when the body ends before the first.</summary>
    private async ValueTask<bool> FillAsync(int needed, CancellationToken cancellationToken)
    {
        while (Buffered < needed)
        {
            Reserve(needed);
            int room = Math.Min(_array.Length - _end, Math.Max(needed - Buffered, ReadAhead));
            int read = await body.ReadAsync(_array.AsMemory(_end, room), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return Buffered == 0 ? false : throw MessageFrame.Truncated(Buffered, needed);
            }

            _end += read;
        }

        return true;
    }

    private void Consume(int count)
    {
        _start += count;
        if (Buffered > 0)
        {
            return;
        }

        _start = _end = 0;
        if (_array.Length > LargestKept)
        {
            Release();
        }
    }

    private void Reserve(int needed)
    {
        if (_array.Length - _start >= needed && _array.Length > 0)
        {
            return;
        }

        byte[] target = _array.Length >= needed ? _array : ArrayPool<byte>.Shared.Rent(Math.Max(needed, SmallestArray));
        _array.AsSpan(_start, Buffered).CopyTo(target);
        _end = Buffered;
        _start = 0;
        if (!ReferenceEquals(target, _array) && _array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = target;
    }

    private void Release()
    {
        byte[] array = _array;
        _array = [];
        _start = _end = 0;
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
