using System.Net;
using System.Text.Json;
using Granary.Dashboard.Api;
using Granary.Dashboard.Explaining;
using Granary.Dashboard.Live;
using Granary.Dashboard.Metrics;
using Granary.Dashboard.Views;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenTelemetry.Metrics;
using Orleans.Configuration;

namespace Granary.Dashboard.Hosting;

/// <summary>Puts the dashboard together.</summary>
internal static class DashboardHost
{
    // A running trial has about ten series and seven per watched layer; a full cluster stays below this, and the SDK
    // keeps a slot for every series that ever was.
    private const int MostSeries = 200_000;

    // What a silo sends at most: a sweep of some ten thousand trials. gRPC's own limit is 4 MiB.
    private const int MostReceivedBytes = 64 << 20;

    public static WebApplication Build(DashboardOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot") });
        builder.Logging.SetMinimumLevel(options.LogLevel).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(FreeEndPoint(options));
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        });
        builder.UseOrleansClient(client => client
            .UseStaticClustering(options.Gateway)
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ClusterId))
            .UseConnectionRetryFilter(RetryAsync));

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => GrpcChannel.ForAddress(
            options.Grpc, new GrpcChannelOptions { MaxReceiveMessageSize = MostReceivedBytes }));
        builder.Services.AddSingleton(services => new V1.Sweeps.SweepsClient(services.GetRequiredService<GrpcChannel>()));
        builder.Services.AddSingleton(services => new V1.Artifacts.ArtifactsClient(services.GetRequiredService<GrpcChannel>()));
        builder.Services.AddSingleton(_ => new ExplainOptions
        {
            Trainer = options.Trainer,
            Folder = options.Cache is { } cache ? Path.GetFullPath(cache) : Directory.CreateTempSubdirectory("granary-explain-").FullName,
            Temporary = options.Cache is null,
        });
        builder.Services.AddSingleton<ExplainQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ExplainQueue>());
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveFeed>());
        builder.Services.AddSingleton<LiveInstruments>();
        builder.Services.AddHostedService<FleetInstruments>();
        builder.Services.AddOpenTelemetry().WithMetrics(Configure);
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ViewJson.Default);
            // A resolver brings types, not its options.
            json.SerializerOptions.NumberHandling = ViewJson.Default.Options.NumberHandling;
        });

        WebApplication app = builder.Build();
        app.UseExceptionHandler();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapSweeps();
        app.MapTrials();
        app.MapExplanations();
        app.MapDevices();
        app.MapEvents();
        app.MapGet("/healthz", () => "ok");
        // The instruments must exist before the first scrape, not when somebody first asks for them.
        app.Services.GetRequiredService<LiveInstruments>();
        app.MapPrometheusScrapingEndpoint();
        app.MapFallback("/api/{**path}", () => TypedResults.Problem("There is no such address.", statusCode: StatusCodes.Status404NotFound));
        app.MapFallbackToFile("index.html");
        return app;
    }

    /// <summary>The address at which the pages are served, once they are.</summary>
    public static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Writes where the pages are; a reader sees the old file or the new one.</summary>
    public static async Task RecordAsync(WebApplication app, string path, CancellationToken cancellationToken)
    {
        string draft = path + ".new";
        var record = new Dictionary<string, object> { ["pid"] = Environment.ProcessId, ["http"] = Address(app).ToString() };
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(record) + "\n", cancellationToken);
        File.Move(draft, path, overwrite: true);
    }

    private static void Configure(MeterProviderBuilder metrics) => metrics
        .AddMeter(LiveInstruments.MeterName, FleetInstruments.MeterName)
        .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MostSeries })
        .AddPrometheusExporter();

    // Kestrel cannot fall back by itself; whoever takes the port between this look and the bind makes the start fail loudly.
    private static IPEndPoint FreeEndPoint(DashboardOptions options)
    {
        if (!options.AnyPort)
        {
            return options.Http;
        }

        using System.Net.Sockets.Socket probe = new(options.Http.AddressFamily, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        try
        {
            probe.Bind(options.Http);
            return options.Http;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return new IPEndPoint(options.Http.Address, 0);
        }
    }

    // The silo may start after the dashboard, or restart under it.
    private static async Task<bool> RetryAsync(Exception error, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        return true;
    }
}
