using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// Serializes one message at a time into a pooled array, behind its frame header. The whole frame is <see cref="Head"/> followed by
/// <see cref="Tail"/>; the tail is the rest of a large array that the message gave away, sent from where it lies.
/// </summary>
internal sealed class MessageBuffer(MessageLimits limits, MessageCompression compression)
    : SerializationContext, IBufferWriter<byte>, IDisposable
{
    private const int SmallestArray = 256;

    // Up to here copying an array behind the header costs less than one more write to the transport. Also the size of a DATA frame.
    private const int InlineLength = 16 * 1024;

    private byte[] _array = [];
    private int _end;
    private int? _announced;
    private bool _complete;

    public ReadOnlyMemory<byte> Head { get; private set; }

    public ReadOnlyMemory<byte> Tail { get; private set; }

    /// <summary>Fills <see cref="Head"/> and <see cref="Tail"/>; they are valid until the next call or <see cref="Dispose"/>.</summary>
    public void Serialize<T>(T message, Action<T, SerializationContext> serializer, bool mayCompress)
    {
        Begin();
        serializer(message, this);
        if (!_complete)
        {
            throw new InvalidOperationException($"The marshaller of {typeof(T)} did not complete the message. Call Complete at its end.");
        }

        if (mayCompress && compression.SendProvider is not null)
        {
            Compress();
        }
    }

    /// <summary>Starts a message.</summary>
    public void Begin()
    {
        _end = MessageFrame.HeaderLength;
        _announced = null;
        _complete = false;
        Head = Tail = default;
    }

    public override void SetPayloadLength(int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        limits.CheckSend(payloadLength);
        _announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        Reserve(_announced ?? 0);
        return this;
    }

    public override void Complete()
    {
        int length = _end - MessageFrame.HeaderLength;
        if (_announced is int announced && announced != length)
        {
            throw new InvalidOperationException($"The marshaller announced {announced} bytes but wrote {length}.");
        }

        limits.CheckSend(length);
        Reserve(0);
        Finish(default);
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        limits.CheckSend(payload.Length);
        int inline = Math.Min(payload.Length, InlineLength - MessageFrame.HeaderLength);
        Reserve(inline);
        payload.AsSpan(0, inline).CopyTo(_array.AsSpan(_end));
        _end += inline;
        Finish(payload.AsMemory(inline));
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _end);
        _end += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        byte[] array = _array;
        _array = [];
        Head = Tail = default;
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void Finish(ReadOnlyMemory<byte> tail)
    {
        if (_complete)
        {
            throw new InvalidOperationException("The message is complete already. Call Complete once.");
        }

        _complete = true;
        MessageFrame.WriteHeader(_array, false, _end - MessageFrame.HeaderLength + tail.Length);
        Head = _array.AsMemory(0, _end);
        Tail = tail;
    }

    private void Compress()
    {
        byte[] plain = _array;
        int plainEnd = _end;
        ReadOnlyMemory<byte> tail = Tail;
        _array = [];
        _end = MessageFrame.HeaderLength;
        _complete = false;
        try
        {
            Reserve(0);
            compression.Compress(plain.AsSpan(MessageFrame.HeaderLength..plainEnd), tail.Span, this);
            Finish(default);
            _array[0] = 1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    private void Reserve(int length)
    {
        if (_array.Length - _end >= length && _array.Length > 0)
        {
            return;
        }

        int needed = checked(_end + length);
        int doubled = (int)Math.Min(2L * _array.Length, Array.MaxLength);
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestArray, Math.Max(needed, doubled)));
        _array.AsSpan(0, Math.Min(_end, _array.Length)).CopyTo(larger);
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
    }
}
