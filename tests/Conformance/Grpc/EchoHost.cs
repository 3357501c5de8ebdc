using System.Net;
using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>A server on a real socket and a channel to it.</summary>
internal sealed class EchoHost : IAsyncDisposable
{
    /// <summary>No wait of a test is longer. A test that needs it has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;

    private EchoHost(WebApplication app, EchoHostOptions options)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Channel = GrpcChannel.ForAddress(Address, options.Channel);
        Client = new Echo.EchoClient(Channel);
    }

    public Uri Address { get; }

    public GrpcChannel Channel { get; }

    public Echo.EchoClient Client { get; }

    public static Task<EchoHost> StartAsync(EchoBehaviour behaviour) => StartAsync(new EchoHostOptions { Behaviour = behaviour });

    public static async Task<EchoHost> StartAsync(EchoHostOptions? options = null)
    {
        options ??= new EchoHostOptions();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options.Listen));
        builder.Services.AddGrpc(options.Grpc);
        builder.Services.AddSingleton(options.Behaviour);
        options.Services(builder.Services);
        WebApplication app = builder.Build();
        options.Map(app);
        await app.StartAsync();
        return new EchoHost(app, options);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        using var impatience = new CancellationTokenSource(Patience);
        await _app.StopAsync(impatience.Token);
        await _app.DisposeAsync();
    }
}
