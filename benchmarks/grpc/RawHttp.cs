using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Granary.Benchmarks.Grpc;

/// <summary>
/// The same bytes over bare HTTP/2: no frames, statuses or messages. What the transport itself costs, which no gRPC can undercut.
/// </summary>
internal sealed class RawHttp(HttpMessageInvoker http, Uri address)
{
    public static void Map(WebApplication app) => app.MapPost("/echo", EchoAsync);

    public async Task CallAsync(byte[] request)
    {
        using HttpRequestMessage message = Request(new ByteArrayContent(request));
        using HttpResponseMessage response = await http.SendAsync(message, CancellationToken.None);
        await ReadAllAsync(response);
    }

    public async Task ExchangeAsync(byte[] message, int count)
    {
        using HttpRequestMessage request = Request(new RepeatedContent(message, count));
        using HttpResponseMessage response = await http.SendAsync(request, CancellationToken.None);
        await ReadAllAsync(response);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        PipeReader from = context.Request.BodyReader;
        PipeWriter to = context.Response.BodyWriter;
        while (true)
        {
            ReadResult result = await from.ReadAsync();
            foreach (ReadOnlyMemory<byte> segment in result.Buffer)
            {
                to.Write(segment.Span);
            }

            from.AdvanceTo(result.Buffer.End);
            await to.FlushAsync();
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private static async Task ReadAllAsync(HttpResponseMessage response)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        while (await body.ReadAsync(buffer) > 0)
        {
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private HttpRequestMessage Request(HttpContent content) => new(HttpMethod.Post, new Uri(address, "/echo"))
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Content = content,
    };

    private sealed class RepeatedContent(byte[] message, int count) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            for (int i = 0; i < count; i++)
            {
                await stream.WriteAsync(message);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
