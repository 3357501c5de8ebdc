using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Exporter.Prometheus;
using OpenTelemetry.Metrics;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoint that Prometheus scrapes.</summary>
public static class PrometheusExporterEndpointRouteBuilderExtensions
{
    /// <summary>Maps the scraped endpoint at <see cref="PrometheusAspNetCoreOptions.ScrapeEndpointPath"/>.</summary>
    /// <param name="endpoints">Where to map it. Its services must hold a <see cref="MeterProvider"/> with the exporter.</param>
    /// <returns>The endpoint's conventions.</returns>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints)
        => MapPrometheusScrapingEndpoint(endpoints, path: null, meterProvider: null, configureBranchedPipeline: null, optionsName: null);

    /// <summary>Maps the scraped endpoint at a path.</summary>
    /// <param name="endpoints">Where to map it. Its services must hold a <see cref="MeterProvider"/> with the exporter.</param>
    /// <param name="path">The path; a leading slash is added when missing.</param>
    /// <returns>The endpoint's conventions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return MapPrometheusScrapingEndpoint(endpoints, path, meterProvider: null, configureBranchedPipeline: null, optionsName: null);
    }

    /// <summary>Maps the scraped endpoint, with everything chosen by the caller.</summary>
    /// <param name="endpoints">Where to map it.</param>
    /// <param name="path">The path, or null for <see cref="PrometheusAspNetCoreOptions.ScrapeEndpointPath"/>.</param>
    /// <param name="meterProvider">The provider whose metrics are scraped, or null for the one in the services.</param>
    /// <param name="configureBranchedPipeline">Adds middleware before the endpoint; null for none.</param>
    /// <param name="optionsName">The name of the options that give the path; null for the default name.</param>
    /// <returns>The endpoint's conventions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is null.</exception>
    /// <exception cref="ArgumentException">The provider was built without <c>AddPrometheusExporter</c>.</exception>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(
        this IEndpointRouteBuilder endpoints,
        string? path,
        MeterProvider? meterProvider,
        Action<IApplicationBuilder>? configureBranchedPipeline,
        string? optionsName)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        // The provider first: building it runs the callbacks that set the options.
        meterProvider ??= endpoints.ServiceProvider.GetRequiredService<MeterProvider>();
        path ??= endpoints.ServiceProvider.GetRequiredService<IOptionsMonitor<PrometheusAspNetCoreOptions>>()
            .Get(optionsName ?? Options.DefaultName).ScrapeEndpointPath ?? PrometheusAspNetCoreOptions.DefaultScrapeEndpointPath;

        var pipeline = endpoints.CreateApplicationBuilder();
        configureBranchedPipeline?.Invoke(pipeline);
        pipeline.Run(ScrapeEndpoint.For(meterProvider).InvokeAsync);
        return endpoints.Map(path.StartsWith('/') ? path : $"/{path}", pipeline.Build());
    }
}
