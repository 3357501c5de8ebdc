using System.Net;
using Granary.Grains;
using Granary.Silo.Artifacts;
using Granary.Silo.Census;
using Granary.Silo.Fleet;
using Granary.Silo.Hosting;
using Granary.Silo.Logging;
using Granary.Silo.Metrics;
using Granary.Silo.Rpc;
using Granary.Silo.Storage;
using Granary.Silo.Telemetry;
using Granary.Silo.Watching;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Granary.Silo;

/// <summary>Puts the silo's parts together.</summary>
internal static class SiloComposition
{
    // A chunk of 1 MiB or a sweep file of 1 MiB with what surrounds it.
    private const int MaxReceivedBytes = 2 << 20;
    // A sweep of some ten thousand trials.
    private const int MaxSentBytes = 64 << 20;

    // Whoever watches the health service hears of a change this much later at most; whoever checks it, at once.
    private static readonly TimeSpan HealthNews = TimeSpan.FromSeconds(2);

    /// <summary>A host that is not started yet.</summary>
    public static (WebApplication App, SiloListeners Listeners) Build(SiloOptions options, StateDirectory state, SiloPorts ports)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "granary-silo" });
        var listeners = new SiloListeners();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => listeners.Configure(kestrel, options));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.StopSeconds));
        AddLogging(builder, options, state);
        AddStores(builder.Services, options, state);
        AddServices(builder.Services, options);
        builder.UseOrleans(silo => ConfigureSilo(silo, options, ports));
        return (builder.Build(), listeners);
    }

    private static void AddLogging(WebApplicationBuilder builder, SiloOptions options, StateDirectory state)
    {
        builder.Services.AddSingleton(_ => new BoundedLogFile(state.LogFile));
        builder.Services.AddSingleton<ILoggerProvider, FileLoggerProvider>();
        builder.Logging.SetMinimumLevel(options.LogLevel);
        // The framework's own messages matter only when something is wrong, unless somebody looks for details.
        if (options.LogLevel >= LogLevel.Information)
            foreach (string category in new[] { "Microsoft", "Orleans", "System" }) builder.Logging.AddFilter(category, LogLevel.Warning);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
    }

    private static void AddStores(IServiceCollection services, SiloOptions options, StateDirectory state)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SiloInstruments>();
        services.AddSingleton(sp => new MetricStore(
            state.MetricFile, options.MaxStepsPerTrial,
            sp.GetRequiredService<SiloInstruments>(), sp.GetRequiredService<ILogger<MetricStore>>()));
        services.AddSingleton(sp => new ArtifactStore(state.Artifacts, sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MetricHub>();
        services.AddGrainStorage(GrainStorageNames.Granary, (sp, _) => new SqliteGrainStorage(
            state.GrainFile, sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<SiloInstruments>()));
    }

    private static void AddServices(IServiceCollection services, SiloOptions options)
    {
        services.AddGranaryGrains();
        services.Configure<FleetOptions>(fleet =>
        {
            fleet.HeartbeatInterval = TimeSpan.FromSeconds(options.HeartbeatSeconds);
            fleet.LostAfter = TimeSpan.FromSeconds(options.LostSeconds);
        });
        services.AddSingleton<RpcCalls>();
        services.AddSingleton<SweepLookup>();
        services.AddSingleton<AgentRegistry>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<ParentWatch>();
        services.AddSingleton(new WatchPlaces(options.MaxWatchers));
        services.AddSingleton<ClusterCounter>();
        services.AddHostedService(sp => sp.GetRequiredService<ClusterCounter>());
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxReceivedBytes;
            grpc.MaxSendMessageSize = MaxSentBytes;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks().AddCheck<ReadinessCheck>("ready");
        services.Configure<HealthCheckPublisherOptions>(watched => (watched.Delay, watched.Period) = (TimeSpan.Zero, HealthNews));
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(SiloInstruments.MeterName, "Microsoft.Orleans", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter());
    }

    private static void ConfigureSilo(ISiloBuilder silo, SiloOptions options, SiloPorts ports)
    {
        IPAddress host = IPAddress.Parse(options.Host);
        IPAddress advertised = ListenAddress.Advertised(host);
        silo.UseLocalhostClustering(ports.Silo, ports.Gateway, new IPEndPoint(advertised, ports.Silo), "granary", options.ClusterId);
        silo.ConfigureEndpoints(advertised, ports.Silo, ports.Gateway, listenOnAnyHostAddress: host.Equals(IPAddress.Any));
    }

    /// <summary>Opens the stores and maps the endpoints.</summary>
    /// <exception cref="StateFileException">A file of the state folder cannot be used.</exception>
    public static void Map(WebApplication app)
    {
        IServiceProvider services = app.Services;
        services.GetRequiredKeyedService<IGrainStorage>(GrainStorageNames.Granary);
        services.GetRequiredService<ClusterCounter>().Publish(
            services.GetRequiredService<SiloInstruments>(), services.GetRequiredService<MetricStore>(),
            services.GetRequiredService<WatchPlaces>(), services.GetRequiredService<AgentRegistry>());
        app.MapGrpcService<SweepsService>();
        app.MapGrpcService<FleetService>();
        app.MapGrpcService<TelemetryService>();
        app.MapGrpcService<ArtifactsService>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        app.MapPrometheusScrapingEndpoint();
        app.MapGet("/healthz", () => "ok\n");
        app.MapGet("/readyz", (Readiness readiness) =>
            readiness.IsReady ? Results.Text("ready\n") : Results.Text("starting\n", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
