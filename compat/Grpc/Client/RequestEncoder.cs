using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Writes the requests of one call into its request body.</summary>
internal sealed class RequestEncoder<TRequest>(ClientCall call, Marshaller<TRequest> marshaller)
{
    private readonly MessageCompression _compression = CompressionOf(call);

    /// <summary>A buffer for requests; reuse it for all requests of a stream.</summary>
    public MessageBuffer CreateBuffer() => new(call.Channel.Limits, _compression);

    /// <summary>Writes one request. Serialized bytes stay in the buffer until the next request.</summary>
    public async ValueTask WriteAsync(
        TRequest request, MessageBuffer buffer, Stream body, WriteOptions? options, CancellationToken cancellationToken)
    {
        WriteFlags flags = options?.Flags ?? 0;
        buffer.Serialize(request, marshaller.ContextualSerializer, !flags.HasFlag(WriteFlags.NoCompress));
        await body.WriteAsync(buffer.Head, cancellationToken).ConfigureAwait(false);
        if (!buffer.Tail.IsEmpty)
        {
            await body.WriteAsync(buffer.Tail, cancellationToken).ConfigureAwait(false);
        }

        if (!flags.HasFlag(WriteFlags.BufferHint))
        {
            await body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static MessageCompression CompressionOf(ClientCall call) =>
        call.Options.Headers?.GetValue(GrpcHeaders.EncodingRequest) is { } encoding
        && call.Channel.Compression.Find(encoding) is { } provider
            ? new MessageCompression(provider, null)
            : MessageCompression.None;
}
