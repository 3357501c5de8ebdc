using System.Net;
using Grpc.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>A request body that stays open until the writer of the stream ends it.</summary>
internal sealed class StreamContent<TRequest> : HttpContent
{
    private readonly ClientStreamWriter<TRequest> _writer;

    public StreamContent(ClientStreamWriter<TRequest> writer)
    {
        _writer = writer;
        Headers.TryAddWithoutValidation("Content-Type", GrpcHeaders.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The server may answer before the first request, so the headers must not wait for it.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _writer.RunAsync(stream).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
