using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Reads requests from a request body; they are deserialized where the transport put them.</summary>
internal sealed class PipeMessageReader<T>(PipeReader body, MessageDecoder<T> decoder)
{
    /// <summary>Reads the next message; none at the end of the body.</summary>
    /// <exception cref="RpcException">The body is malformed or a message is too large.</exception>
    public async ValueTask<(bool Found, T? Message)> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (result.IsCanceled)
            {
                throw new OperationCanceledException("The read of a request was cancelled.");
            }

            if (TryDecode(buffer, out T? message, out long needed, out SequencePosition consumed))
            {
                body.AdvanceTo(consumed);
                return (true, message);
            }

            if (result.IsCompleted)
            {
                body.AdvanceTo(buffer.End);
                return buffer.IsEmpty ? (false, default) : throw MessageFrame.Truncated(buffer.Length, needed);
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private bool TryDecode(ReadOnlySequence<byte> buffer, out T? message, out long needed, out SequencePosition consumed)
    {
        message = default;
        consumed = default;
        needed = MessageFrame.HeaderLength;
        if (buffer.Length < needed)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[MessageFrame.HeaderLength];
        buffer.Slice(0, MessageFrame.HeaderLength).CopyTo(header);
        (bool compressed, int length) = MessageFrame.ReadHeader(header, decoder.Limits);
        needed += length;
        if (buffer.Length < needed)
        {
            return false;
        }

        ReadOnlySequence<byte> payload = buffer.Slice(MessageFrame.HeaderLength, length);
        message = decoder.Decode(compressed, payload);
        consumed = payload.End;
        return true;
    }
}
