using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Granary.Conformance.PrometheusExporter.Tests;

/// <summary>Values, labels and histograms, per https://prometheus.io/docs/instrumenting/exposition_formats/ and the OpenMetrics one.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(0.005, "0.005")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(123, "123")]
    public async Task Value_OfAGauge_IsTheShortestExactText(double value, string expected)
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateGauge<double>("loss").Record(value);

        string text = (await host.ScrapeAsync()).Text;

        string series = $"loss{{otel_scope_name=\"{host.Meter.Name}\",otel_scope_version=\"1.2\"}}";
        Assert.EndsWith($"{series} {expected}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_WithEveryKindOfCharacter_ReadBackEqual()
    {
        const string Value = "line\nquote\" back\\slash é 火 {}=,";
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateGauge<long>("loss", null, "A \\ and\na line.").Record(
            1, [new("trial", Value), new("1.model name", "m"), new("on", true), new("rate", 0.5), new("none", null)]);

        var scraped = await host.ScrapeAsync();

        var labels = scraped["loss"].Labels;
        Assert.Equal(Value, labels["trial"]);
        Assert.Equal("m", labels["_1_model_name"]);
        Assert.Equal("true", labels["on"]);
        Assert.Equal("0.5", labels["rate"]);
        Assert.Equal("", labels["none"]);
        Assert.Equal("A \\\\ and\\na line.", scraped.Helps["loss"]);
    }

    [Fact]
    public async Task Labels_ThatCollideOnceEscaped_AreJoinedInTheOrderOfTheirKeys()
    {
        await using var host = await ScrapeHost.StartAsync();
        host.Meter.CreateGauge<long>("loss").Record(1, [new("a_b", "last"), new("a-b", "first"), new("a.b", "middle")]);

        var scraped = await host.ScrapeAsync();

        Assert.Equal("first;middle;last", scraped["loss"].Labels["a_b"]);
    }

    [Fact]
    public async Task Scope_OfTheMeter_IsInEverySeriesUnlessDisabled()
    {
        await using var with = await ScrapeHost.StartAsync();
        await using var without = await ScrapeHost.StartAsync(options => options.ScopeInfoEnabled = false);
        with.Meter.CreateGauge<long>("loss").Record(1);
        without.Meter.CreateGauge<long>("loss").Record(1);

        var labels = (await with.ScrapeAsync())["loss"].Labels;
        Assert.Equal(with.Meter.Name, labels["otel_scope_name"]);
        Assert.Equal("1.2", labels["otel_scope_version"]);
        Assert.Empty((await without.ScrapeAsync())["loss"].Labels);
    }

    [Fact]
    public async Task Scope_WithTagsOfTheMeter_PrefixesThem()
    {
        await using var host = await ScrapeHost.StartAsync(build: builder => builder.AddMeter("granary.test.tagged"));
        using var meter = new Meter("granary.test.tagged", version: null, [new("pool", "default"), new("name", "dropped")]);
        meter.CreateGauge<long>("loss").Record(1);

        var labels = (await host.ScrapeAsync())["loss"].Labels;

        Assert.Equal("default", labels["otel_scope_pool"]);
        Assert.Equal("granary.test.tagged", labels["otel_scope_name"]);
        Assert.DoesNotContain("otel_scope_version", labels);
    }

    [Fact]
    public async Task Target_Always_IsAGaugeOrAnInfo()
    {
        await using var host = await ScrapeHost.StartAsync();

        var text = await host.ScrapeAsync();
        var openMetrics = await host.ScrapeAsync(NameTests.OpenMetrics);

        Assert.Equal("gauge", text.Types["target_info"]);
        Assert.Equal("info", openMetrics.Types["target"]);
        Assert.Equal("opentelemetry", text["target_info"].Labels["telemetry_sdk_name"]);
        Assert.Equal(1, openMetrics["target_info"].Value);
    }

    [Fact]
    public async Task Target_WhenDisabled_IsAbsent()
    {
        await using var host = await ScrapeHost.StartAsync(options => options.TargetInfoEnabled = false);
        host.Meter.CreateGauge<long>("loss").Record(1);

        Assert.DoesNotContain((await host.ScrapeAsync()).Samples, sample => sample.Name == "target_info");
    }

    [Theory]
    [InlineData(null, "0.25|1|5|+Inf")]
    [InlineData(NameTests.OpenMetrics, "0.25|1.0|5.0|+Inf")]
    public async Task Histogram_WithThreeBounds_HasCumulativeBuckets(string? accept, string bounds)
    {
        await using var host = await ScrapeHost.StartAsync();
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.25, 1, 5] };
        var histogram = host.Meter.CreateHistogram("wait", "s", null, tags: null, advice);
        foreach (double seconds in (double[])[0.1, 0.5, 0.5, 7])
        {
            histogram.Record(seconds, new KeyValuePair<string, object?>("le", "dropped"));
        }

        var scraped = await host.ScrapeAsync(accept);

        var buckets = scraped.Named("wait_seconds_bucket").ToList();
        Assert.Equal("histogram", scraped.Types["wait_seconds"]);
        Assert.Equal(bounds.Split('|'), buckets.Select(bucket => bucket.Labels["le"]));
        Assert.Equal([1, 3, 3, 4], buckets.Select(bucket => bucket.Value));
        Assert.Equal(4, scraped["wait_seconds_count"].Value);
        Assert.Equal(8.1, scraped["wait_seconds_sum"].Value, 12);
    }

    [Theory]
    [InlineData(1e6, "1e+06")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(123456, "123456.0")]
    [InlineData(0.0001, "0.0001")]
    public async Task Histogram_InOpenMetrics_WritesBoundsLikeGo(double bound, string expected)
    {
        await using var host = await ScrapeHost.StartAsync();
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [bound] };
        host.Meter.CreateHistogram("h", null, null, tags: null, advice).Record(0);

        var scraped = await host.ScrapeAsync(NameTests.OpenMetrics);

        Assert.Equal(expected, scraped.Named("h_bucket").First().Labels["le"]);
    }

    [Fact]
    public async Task Histogram_WithNegativeBoundsInOpenMetrics_HasNoSum()
    {
        await using var host = await ScrapeHost.StartAsync();
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [-1, 1] };
        host.Meter.CreateHistogram("h", null, null, tags: null, advice).Record(-2);

        var openMetrics = await host.ScrapeAsync(NameTests.OpenMetrics);
        var text = await host.ScrapeAsync();

        Assert.DoesNotContain(openMetrics.Samples, sample => sample.Name is "h_sum" or "h_count");
        Assert.Equal(-2, text["h_sum"].Value);
    }

    [Fact]
    public async Task Histogram_WithoutBounds_HasItsLastBucket()
    {
        await using var host = await ScrapeHost.StartAsync(
            build: builder => builder.AddView("h", new ExplicitBucketHistogramConfiguration { Boundaries = [] }));
        host.Meter.CreateHistogram<double>("h").Record(3);

        var scraped = await host.ScrapeAsync();

        Assert.Equal("+Inf", scraped["h_bucket"].Labels["le"]);
        Assert.Equal(1, scraped["h_bucket"].Value);
    }
}
