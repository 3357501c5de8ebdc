using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Serializes responses into a response body: straight into the transport's memory where the length is known before, through a pooled
/// array where it is not or where the response is compressed.
/// </summary>
internal sealed class PipeMessageWriter(PipeWriter body, MessageLimits limits, MessageCompression compression)
    : SerializationContext, IBufferWriter<byte>, IDisposable
{
    private MessageBuffer? _collected;
    private int? _announced;
    private int _written;
    private bool _collects;
    private bool _complete;

    /// <summary>True while a message is in the transport's memory in part, so that nothing sensible can follow it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Writes a message without flushing it.</summary>
    public void Write<T>(T message, Action<T, SerializationContext> serializer, bool mayCompress)
    {
        if (mayCompress && compression.SendProvider is not null)
        {
            using var buffer = new MessageBuffer(limits, compression);
            buffer.Serialize(message, serializer, mayCompress: true);
            body.Write(buffer.Head.Span);
            return;
        }

        _announced = null;
        _written = 0;
        _complete = false;
        _collects = false;
        serializer(message, this);
        if (!_complete)
        {
            throw new InvalidOperationException($"The marshaller of {typeof(T)} did not complete the message. Call Complete at its end.");
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        limits.CheckSend(payloadLength);
        _announced = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_announced is int length)
        {
            if (!IsBroken)
            {
                WriteHeader(length);
                IsBroken = true;
            }

            return this;
        }

        _collected ??= new MessageBuffer(limits, MessageCompression.None);
        if (!_collects)
        {
            _collected.Begin();
            _collects = true;
        }

        return _collected.GetBufferWriter();
    }

    public override void Complete()
    {
        if (_collects)
        {
            _collected!.Complete();
            body.Write(_collected.Head.Span);
        }
        else if (_written != (_announced ?? 0))
        {
            throw new InvalidOperationException($"The marshaller announced {_announced} bytes but wrote {_written}.");
        }
        else if (!IsBroken)
        {
            WriteHeader(0);
        }

        End();
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        limits.CheckSend(payload.Length);
        WriteHeader(payload.Length);
        body.Write(payload);
        End();
    }

    public void Advance(int count)
    {
        body.Advance(count);
        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => body.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => body.GetSpan(sizeHint);

    public void Dispose() => _collected?.Dispose();

    private void End()
    {
        if (_complete)
        {
            throw new InvalidOperationException("The message is complete already. Call Complete once.");
        }

        _complete = true;
        IsBroken = false;
    }

    private void WriteHeader(int length)
    {
        MessageFrame.WriteHeader(body.GetSpan(MessageFrame.HeaderLength), false, length);
        body.Advance(MessageFrame.HeaderLength);
    }
}
