namespace Granary.Conformance.PrometheusExporter.Tests;

/// <summary>
/// Names. The expected ones follow https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
/// and, where that leaves a choice, what upstream's exporter 1.18 was seen to write.
/// </summary>
public sealed class NameTests
{
    public const string OpenMetrics = "application/openmetrics-text; version=1.0.0";

    [Theory]
    [InlineData("a.b", "jobs", "a_b_jobs_total")]
    [InlineData("http.requests", "{request}", "http_requests_total")]
    [InlineData("busy", "s", "busy_seconds_total")]
    [InlineData("busy.seconds", "s", "busy_seconds_total")]
    [InlineData("things_total", "", "things_total")]
    [InlineData("read.bytes_total", "By", "read_bytes_total")]
    [InlineData("a--b..c", "", "a_b_c_total")]
    [InlineData("done", "1", "done_total")]
    public async Task Counter_InTextFormat_IsNamed(string name, string unit, string expected)
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateCounter<long>(name, unit).Add(3);

        var scraped = await host.ScrapeAsync();

        Assert.Equal("counter", scraped.Types[expected]);
        Assert.Equal(3, scraped[expected].Value);
    }

    [Theory]
    [InlineData("loss", "", "loss")]
    [InlineData("wait", "ms", "wait_milliseconds")]
    [InlineData("speed", "By/s", "speed_bytes_per_second")]
    [InlineData("speed", "{image}/s", "speed_per_second")]
    [InlineData("throughput", "images/s", "throughput_images_per_second")]
    [InlineData("memory", "By", "memory_bytes")]
    [InlineData("memory.bytes", "By", "memory_bytes")]
    [InlineData("utilization", "1", "utilization")]
    [InlineData("utilization", "%", "utilization_percent")]
    [InlineData("speed", "m/h", "speed_meters_per_hour")]
    [InlineData("odd", "a/", "odd_a")]
    public async Task Gauge_InTextFormat_IsNamed(string name, string unit, string expected)
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateGauge<double>(name, unit).Record(1.5);

        var scraped = await host.ScrapeAsync();

        Assert.Equal("gauge", scraped.Types[expected]);
        Assert.Equal(1.5, scraped[expected].Value);
    }

    [Fact]
    public async Task Counter_InOpenMetrics_HasItsFamilyWithoutTotal()
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateCounter<long>("a.b", "s", "Time \"spent\".").Add(1);

        var scraped = await host.ScrapeAsync(OpenMetrics);

        Assert.Equal("counter", scraped.Types["a_b_seconds"]);
        Assert.Equal("seconds", scraped.Units["a_b_seconds"]);
        Assert.Equal("Time \\\"spent\\\".", scraped.Helps["a_b_seconds"]);
        Assert.Equal(1, scraped["a_b_seconds_total"].Value);
        Assert.True(scraped["a_b_seconds_created"].Value > 0);
    }

    [Fact]
    public async Task Counter_WithTotalSuffixDisabled_KeepsItsNameInTextOnly()
    {
        await using var host = await ScrapeHost.StartAsync(options => options.DisableTotalNameSuffixForCounters = true);
        host.Meter.CreateCounter<long>("a.b").Add(1);

        var text = await host.ScrapeAsync();
        var openMetrics = await host.ScrapeAsync(OpenMetrics);

        Assert.Equal(1, text["a_b"].Value);
        Assert.Equal(1, openMetrics["a_b_total"].Value);
    }

    [Fact]
    public async Task UpDownCounter_InEitherFormat_IsAGauge()
    {
        await using var host = await ScrapeHost.StartAsync();
        var counter = host.Meter.CreateUpDownCounter<int>("queue");
        counter.Add(5);
        counter.Add(-7);

        foreach (string? accept in new[] { null, OpenMetrics })
        {
            var scraped = await host.ScrapeAsync(accept);
            Assert.Equal("gauge", scraped.Types["queue"]);
            Assert.Equal(-2, scraped["queue"].Value);
        }
    }

    [Fact]
    public async Task Family_OfTwoInstruments_IsOneBlock()
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateCounter<long>("x.y").Add(1, new KeyValuePair<string, object?>("part", "a"));
        host.Meter.CreateCounter<long>("between").Add(1);
        host.Meter.CreateCounter<long>("x-y", null, "Second.").Add(2, new KeyValuePair<string, object?>("part", "b"));

        var scraped = await host.ScrapeAsync();

        Assert.Equal([1, 2], scraped.Named("x_y_total").Select(sample => sample.Value).Order());
        Assert.Equal("Second.", scraped.Helps["x_y_total"]);
    }

    [Fact]
    public async Task Family_WithTwoTypes_IsLeftOut()
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateGauge<long>("x.y").Record(1);
        host.Meter.CreateHistogram<double>("x-y").Record(2);
        host.Meter.CreateGauge<long>("z").Record(3);

        var scraped = await host.ScrapeAsync();

        Assert.DoesNotContain(scraped.Samples, sample => sample.Name.StartsWith("x_y", StringComparison.Ordinal));
        Assert.Equal(3, scraped["z"].Value);
    }
}
