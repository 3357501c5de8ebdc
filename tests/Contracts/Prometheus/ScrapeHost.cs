using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Granary.Contracts.Tests.Prometheus;

/// <summary>A server on a free port with one meter, put together as the product's hosts are; it caches nothing.</summary>
internal sealed class ScrapeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private ScrapeHost(WebApplication app, Meter meter)
    {
        (_app, Meter) = (app, meter);
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = Eventually.Patience };
    }

    public Meter Meter { get; }

    public static async Task<ScrapeHost> StartAsync(int? mostSeries = null)
    {
        var meter = new Meter($"granary.contracts.{Guid.NewGuid():N}");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(meter.Name)
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = mostSeries })
            .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        WebApplication app = builder.Build();
        app.MapPrometheusScrapingEndpoint();
        await app.StartAsync();
        return new ScrapeHost(app, meter);
    }

    /// <summary>The lines of an answer, and its type.</summary>
    public async Task<(string[] Lines, string Type)> ScrapeAsync(string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return ((await response.Content.ReadAsStringAsync()).Split('\n'), response.Content.Headers.ContentType!.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Meter.Dispose();
    }
}
