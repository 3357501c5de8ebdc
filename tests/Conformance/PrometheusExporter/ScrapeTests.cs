using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Granary.Conformance.PrometheusExporter.Tests;

/// <summary>The endpoint: negotiation, paths, caching, concurrency and failures.</summary>
public sealed class ScrapeTests
{
    private const string Text = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";

    // The header that Prometheus 2.42 sends, and the one of Prometheus 3.
    private const string Prometheus2 =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private const string Prometheus3 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,"
        + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

    [Theory]
    [InlineData(null, Text)]
    [InlineData("*/*", Text)]
    [InlineData("text/html", Text)]
    [InlineData("application/openmetrics-text", OpenMetrics)]
    [InlineData("application/openmetrics-text; version=2.0.0", Text)]
    [InlineData("application/openmetrics-text; version=1.0.0; escaping=unheard-of", Text)]
    [InlineData("application/openmetrics-text; q=0.2, text/plain; version=0.0.4; q=0.9", Text)]
    [InlineData("application/openmetrics-text; q=7, text/plain; version=0.0.4; q=0.1", Text)]
    [InlineData(Prometheus2, OpenMetrics)]
    [InlineData(Prometheus3, OpenMetrics)]
    public async Task Scrape_WithAnAcceptHeader_AnswersInTheBestKnownFormat(string? accept, string expected)
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateGauge<long>("loss").Record(1);

        using var response = await host.GetAsync("/metrics", accept is null ? [] : [("Accept", accept)]);

        Assert.Equal(expected, response.Content.Headers.ContentType!.ToString());
        Assert.Equal(expected == OpenMetrics, Exposition.Parse(await response.Content.ReadAsStringAsync()).HasEof);
    }

    [Fact]
    public async Task Scrape_WithoutCompression_SaysItsLength()
    {
        await using var host = await ScrapeHost.StartAsync();

        using var response = await host.GetAsync();

        Assert.Equal((await response.Content.ReadAsByteArrayAsync()).Length, response.Content.Headers.ContentLength);
        Assert.NotNull(response.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Scrape_ThatAcceptsGZip_IsCompressed()
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateGauge<long>("loss").Record(41);

        using var response = await host.GetAsync("/metrics", ("Accept-Encoding", "gzip"));

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var unzipped = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        Assert.Equal(41, Exposition.Parse(await reader.ReadToEndAsync())["loss"].Value);
    }

    [Fact]
    public async Task Map_WithoutArguments_TakesTheProviderAndThePathFromTheServices()
    {
        using var provider = Sdk.CreateMeterProviderBuilder().AddPrometheusExporter().Build();
        var web = WebApplication.CreateSlimBuilder();
        web.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        web.Services.AddSingleton(provider);
        web.Services.Configure<OpenTelemetry.Exporter.PrometheusAspNetCoreOptions>(options => options.ScrapeEndpointPath = "elsewhere");
        await using var app = web.Build();
        app.MapPrometheusScrapingEndpoint();
        await app.StartAsync();
        using var client = new HttpClient();

        string text = await client.GetStringAsync(new Uri($"{app.Urls.Single()}/elsewhere"));

        Assert.Contains("target_info", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_WithAPipeline_RunsItFirst()
    {
        await using var host = await ScrapeHost.StartAsync(map: (app, provider) => app.MapPrometheusScrapingEndpoint(
            "m",
            provider,
            pipeline => pipeline.Use((context, next) =>
            {
                context.Response.Headers["X-Before"] = "yes";
                return next(context);
            }),
            optionsName: null));

        using var response = await host.GetAsync("/m");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("yes", response.Headers.GetValues("X-Before").Single());
    }

    [Fact]
    public void Map_WithAProviderWithoutTheExporter_Throws()
    {
        using var provider = Sdk.CreateMeterProviderBuilder().Build();
        var app = WebApplication.CreateSlimBuilder().Build();

        Assert.Throws<ArgumentException>(() => app.MapPrometheusScrapingEndpoint("/metrics", provider, null, null));
    }

    [Fact]
    public async Task Scrape_WithinTheCacheDuration_GetsTheSameResponse()
    {
        await using var host = await ScrapeHost.StartAsync(options => options.ScrapeResponseCacheDurationMilliseconds = 600_000);
        int calls = 0;
        host.Meter.CreateObservableGauge("calls", () => ++calls);

        var first = await host.ScrapeAsync();
        var second = await host.ScrapeAsync();

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Scrape_ManyAtOnceInBothFormats_CollectsOneAtATime()
    {
        await using var host = await ScrapeHost.StartAsync();
        int inside = 0;
        int together = 0;
        host.Meter.CreateObservableGauge("loss", () =>
        {
            together = Math.Max(together, Interlocked.Increment(ref inside));
            Thread.Yield();
            Interlocked.Decrement(ref inside);
            return 1.0;
        });

        var scrapes = Enumerable.Range(0, 64).Select(i => host.ScrapeAsync(i % 2 == 0 ? null : NameTests.OpenMetrics));

        Assert.All(await Task.WhenAll(scrapes), scraped => Assert.Equal(1, scraped["loss"].Value));
        Assert.Equal(1, together);
    }

    [Fact]
    public async Task Scrape_WhileACollectionRuns_SharesIt()
    {
        await using var host = await ScrapeHost.StartAsync();
        using var entered = new SemaphoreSlim(0);
        using var go = new ManualResetEventSlim();
        int calls = 0;
        host.Meter.CreateObservableGauge("loss", () =>
        {
            Interlocked.Increment(ref calls);
            entered.Release();
            Assert.True(go.Wait(TimeSpan.FromSeconds(20)));
            return 1.0;
        });

        var first = host.ScrapeAsync();
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(20)));

        // The timed-out scrape came after the first one and before the rest, so it proves that waiting ones do not collect.
        using var late = await host.GetAsync("/metrics", ("X-Prometheus-Scrape-Timeout-Seconds", "0.05"));
        Assert.Equal(HttpStatusCode.RequestTimeout, late.StatusCode);
        Assert.Equal(1, calls);
        go.Set();
        Assert.Equal(1, (await first)["loss"].Value);
    }

    [Fact]
    public async Task Scrape_WithAThrowingInstrument_StillHasTheOthers()
    {
        await using var host = await ScrapeHost.StartAsync();
        Func<int> broken = () => throw new InvalidOperationException("broken");
        host.Meter.CreateObservableGauge("broken", broken);
        host.Meter.CreateGauge<long>("loss").Record(1);

        Assert.Equal(1, (await host.ScrapeAsync())["loss"].Value);
    }

    [Fact]
    public async Task Scrape_LargerThanTheLimit_FailsAndTheNextOneWorks()
    {
        await using var host = await ScrapeHost.StartAsync(options => options.MaxScrapeResponseSizeBytes = 85_000);
        string label = new('x', 100_000);
        bool large = true;
        host.Meter.CreateObservableGauge("loss", () => new Measurement<int>(1, new KeyValuePair<string, object?>("k", large ? label : "small")));

        using var tooLarge = await host.GetAsync();
        large = false;

        Assert.Equal(HttpStatusCode.InternalServerError, tooLarge.StatusCode);
        Assert.Equal("small", (await host.ScrapeAsync())["loss"].Labels["k"]);
    }

    [Fact]
    public async Task Scrape_OfADisposedProvider_Fails()
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Provider.Dispose();

        using var response = await host.GetAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        var options = new OpenTelemetry.Exporter.PrometheusAspNetCoreOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.ScrapeResponseCacheDurationMilliseconds = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxScrapeResponseSizeBytes = 84_999);
        Assert.Equal(300, options.ScrapeResponseCacheDurationMilliseconds);
        Assert.Equal("/metrics", options.ScrapeEndpointPath);
    }
}
