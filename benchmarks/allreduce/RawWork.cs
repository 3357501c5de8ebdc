using System.IO.Pipelines;
using System.Net;
using Granary.Trainer.Collectives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Benchmarks.AllReduce;

/// <summary>
/// The bytes of the ring's lanes over bare HTTP/2 between the same server and client, in both directions at once, without sums, order or
/// messages: what the gRPC lane cannot pass.
/// </summary>
internal sealed class RawWork : IWork
{
    private const int Piece = 128 << 10;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());
    private readonly WebApplication _server;
    private readonly int _rank;
    private readonly SemaphoreSlim _received = new(0);
    private Uri? _next;
    private int _ranks;
    private int _bytes;

    private RawWork(WebApplication server, int rank) => (_server, _rank) = (server, rank);

    /// <inheritdoc/>
    public string Endpoint => new Uri(_server.Urls.Single()).Authority;

    public static async Task<IWork> StartAsync(int rank)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.Http2.InitialStreamWindowSize = 4 << 20;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 16 << 20;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new LaneMemory());
        var work = new RawWork(builder.Build(), rank);
        work._server.Run(work.TakeAsync);
        await work._server.StartAsync();
        return work;
    }

    /// <inheritdoc/>
    public Task JoinAsync(string[] endpoints)
    {
        _ranks = endpoints.Length;
        _next = new Uri($"http://{endpoints[(_rank + 1) % _ranks]}");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PrepareAsync(int bytes)
    {
        _bytes = bytes;
        return RunAsync();
    }

    /// <inheritdoc/>
    public async Task RunAsync()
    {
        long share = 2L * (_ranks - 1) * _bytes / _ranks;
        using var request = new HttpRequestMessage(HttpMethod.Post, _next)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new Pieces(share),
        };
        using HttpResponseMessage answer = await _http.SendAsync(request, CancellationToken.None);
        await _received.WaitAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _server.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        PipeReader body = context.Request.BodyReader;
        while (true)
        {
            ReadResult read = await body.ReadAsync();
            body.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted)
                continue;
            _received.Release();
            return;
        }
    }

    private sealed class Pieces(long bytes) : HttpContent
    {
        private static readonly byte[] Zeros = new byte[Piece];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (long left = bytes; left > 0; left -= Piece)
                await stream.WriteAsync(Zeros.AsMemory(0, (int)Math.Min(left, Piece)));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
