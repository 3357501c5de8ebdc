using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Granary.Contracts.Tests.Grpc;

/// <summary>A gRPC server on a free port, and a client's channel to it, over a real socket.</summary>
internal sealed class BlobHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private BlobHost(WebApplication app, BlobService service)
    {
        (_app, Service) = (app, service);
        _channel = GrpcChannel.ForAddress(app.Urls.Single());
        Calls = _channel.CreateCallInvoker();
    }

    public BlobService Service { get; }

    public CallInvoker Calls { get; }

    public static async Task<BlobHost> StartAsync()
    {
        var service = new BlobService();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 8 << 20);
        builder.Services.AddSingleton(service);
        WebApplication app = builder.Build();
        app.MapGrpcService<BlobService>();
        await app.StartAsync();
        return new BlobHost(app, service);
    }

    public async Task<Blob> UnaryAsync(byte[] bytes, CallOptions options = default)
    {
        using AsyncUnaryCall<Blob> call = Calls.AsyncUnaryCall(BlobMethods.Unary, host: null, options, new Blob(bytes));
        return await call;
    }

    public AsyncDuplexStreamingCall<Blob, Blob> Exchange(CallOptions options = default) =>
        Calls.AsyncDuplexStreamingCall(BlobMethods.Exchange, host: null, options);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
