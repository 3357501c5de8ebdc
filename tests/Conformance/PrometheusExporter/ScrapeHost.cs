using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Granary.Conformance.PrometheusExporter.Tests;

/// <summary>A real server on a free port of the loopback, with one meter, its provider and the scraped endpoint.</summary>
internal sealed class ScrapeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MeterProvider _provider;
    private readonly HttpClient _client;

    private ScrapeHost(WebApplication app, MeterProvider provider, Meter meter)
    {
        (_app, _provider, Meter) = (app, provider, meter);
        Address = new Uri(app.Urls.Single());
        _client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Meter Meter { get; }

    public MeterProvider Provider => _provider;

    public Uri Address { get; }

    /// <summary>Starts without a cache unless <paramref name="configure"/> sets one: a test wants to see what it just recorded.</summary>
    public static async Task<ScrapeHost> StartAsync(
        Action<PrometheusAspNetCoreOptions>? configure = null,
        Action<MeterProviderBuilder>? build = null,
        Action<WebApplication, MeterProvider>? map = null)
    {
        var meter = new Meter($"granary.test.{Guid.NewGuid():N}", "1.2");
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name);
        build?.Invoke(builder);
        var provider = builder
            .AddPrometheusExporter(options =>
            {
                options.ScrapeResponseCacheDurationMilliseconds = 0;
                configure?.Invoke(options);
            })
            .Build();

        var web = WebApplication.CreateSlimBuilder();
        web.Logging.ClearProviders();
        web.WebHost.UseUrls("http://127.0.0.1:0");
        var app = web.Build();
        if (map is null)
        {
            app.MapPrometheusScrapingEndpoint("/metrics", provider, configureBranchedPipeline: null, optionsName: null);
        }
        else
        {
            map(app, provider);
        }

        await app.StartAsync();
        return new ScrapeHost(app, provider, meter);
    }

    public async Task<HttpResponseMessage> GetAsync(string path = "/metrics", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request);
    }

    public async Task<Exposition> ScrapeAsync(string? accept = null)
    {
        using var response = await GetAsync("/metrics", accept is null ? [] : [("Accept", accept)]);
        response.EnsureSuccessStatusCode();
        return Exposition.Parse(await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _provider.Dispose();
        Meter.Dispose();
    }
}
