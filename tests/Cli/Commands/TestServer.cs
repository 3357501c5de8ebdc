using System.Net;
using Granary.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Granary.Cli.Tests.Commands;

/// <summary>The part of a silo that the commands talk to, over real sockets: its answers are a test's own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private TestServer(WebApplication app)
    {
        _app = app;
        _channel = GrpcChannel.ForAddress(Address);
    }

    public string Address => _app.Urls.Single();

    public Sweeps.SweepsClient Sweeps => new(_channel);

    public Artifacts.ArtifactsClient Artifacts => new(_channel);

    public static async Task<TestServer> StartAsync(ScriptedSweeps sweeps, StoredArtifacts artifacts)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(sweeps);
        builder.Services.AddSingleton(artifacts);
        WebApplication app = builder.Build();
        app.MapGrpcService<ScriptedSweeps>();
        app.MapGrpcService<StoredArtifacts>();
        await app.StartAsync();
        return new TestServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
