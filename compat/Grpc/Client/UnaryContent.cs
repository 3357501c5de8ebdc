using System.Net;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>A request body of one message. The transport may ask for it again when a connection fails before the server saw it.</summary>
internal sealed class UnaryContent<TRequest> : HttpContent
{
    // Without a flush of its own the message leaves together with the end of the stream.
    private static readonly WriteOptions Unflushed = new(WriteFlags.BufferHint);

    private readonly RequestEncoder<TRequest> _encoder;
    private readonly TRequest _request;

    public UnaryContent(RequestEncoder<TRequest> encoder, TRequest request)
    {
        _encoder = encoder;
        _request = request;
        Headers.TryAddWithoutValidation("Content-Type", GrpcHeaders.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using MessageBuffer buffer = _encoder.CreateBuffer();
        await _encoder.WriteAsync(_request, buffer, stream, Unflushed, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
