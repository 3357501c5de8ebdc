using System.Net;
using System.Text.Json;
using Granary.Dashboard.Explaining;
using Granary.Dashboard.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Granary.Dashboard.Tests.Hosting;

/// <summary>A whole dashboard with real grains and a Sweeps service whose answers are written down, all over real sockets.</summary>
public sealed class DashboardFixture : IAsyncLifetime, IDisposable
{
    /// <summary>How long a test waits for something that takes a moment.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private GrainSilo? _silo;
    private WebApplication? _server;
    private WebApplication? _dashboard;

    internal GrainSilo Silo => _silo!;

    internal ScriptedSweeps Sweeps { get; } = new();

    internal WebApplication Dashboard => _dashboard!;

    internal HttpClient Http { get; } = new() { Timeout = Patience };

    internal DashboardOptions Options => new()
    {
        Grpc = new Uri(_server!.Urls.Single()),
        Gateway = Silo.Gateway,
        Http = new IPEndPoint(IPAddress.Loopback, 0),
        LogLevel = LogLevel.None,
        Trainer = TrainerProgram.Find(),
    };

    public async Task InitializeAsync()
    {
        _silo = await GrainSilo.StartAsync();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Sweeps);
        _server = builder.Build();
        _server.MapGrpcService<ScriptedSweeps>();
        await _server.StartAsync();
        _dashboard = DashboardHost.Build(Options);
        await _dashboard.StartAsync();
        Http.BaseAddress = DashboardHost.Address(_dashboard);
    }

    public async Task DisposeAsync()
    {
        if (_dashboard is not null)
        {
            await _dashboard.StopAsync();
            await _dashboard.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }

        if (_silo is not null)
        {
            await _silo.DisposeAsync();
        }
    }

    public void Dispose() => Http.Dispose();

    internal async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    internal async Task<HttpResponseMessage> PostAsync(string path, bool ownPage)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        if (ownPage)
        {
            request.Headers.Add("X-Granary", "1");
        }

        return await Http.SendAsync(request);
    }

    /// <summary>Asks until the answer is as expected; fails with the last one.</summary>
    internal async Task<string> UntilAsync(string path, Func<string, bool> condition)
    {
        using CancellationTokenSource patience = new(Patience);
        string last = "";
        while (!patience.IsCancellationRequested)
        {
            last = await Http.GetStringAsync(path);
            if (condition(last))
            {
                return last;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        Assert.Fail($"{path} did not answer as expected within {Patience}; last: {last}");
        return last;
    }
}
