using System.Diagnostics.Metrics;

namespace Granary.Contracts.Tests.Prometheus;

/// <summary>What Prometheus reads; deploy/grafana and deploy/prometheus ask for these names.</summary>
public sealed class ExporterTests
{
    /// <summary>Relied on by src/Silo/Telemetry/SiloInstruments.cs and every query of deploy/.</summary>
    [Fact]
    public async Task Names_OfInstruments_HaveUnitAndKindAsSuffix()
    {
        await using ScrapeHost host = await ScrapeHost.StartAsync();
        host.Meter.CreateCounter<long>("granary.rpc.calls").Add(3);
        host.Meter.CreateCounter<long>("granary.artifacts.bytes", "By").Add(5);
        host.Meter.CreateHistogram<double>("granary.rpc.duration", "s").Record(0.003);
        host.Meter.CreateObservableGauge("granary.trial.layer.activation.near_zero", () => 0.5);

        string[] lines = (await host.ScrapeAsync()).Lines;

        Assert.Contains("# TYPE granary_rpc_calls_total counter", lines);
        Assert.Contains("# TYPE granary_artifacts_bytes_total counter", lines);
        Assert.Contains("# TYPE granary_rpc_duration_seconds histogram", lines);
        Assert.Contains("# TYPE granary_trial_layer_activation_near_zero gauge", lines);
        Assert.Equal("3", Value(lines, "granary_rpc_calls_total{"));
        Assert.Equal("5", Value(lines, "granary_artifacts_bytes_total{"));
        Assert.Equal("1", Value(lines, "granary_rpc_duration_seconds_count{"));
        Assert.Contains(
            Named(lines, "granary_rpc_duration_seconds_bucket{"), line => line.Contains("le=\"+Inf\"", StringComparison.Ordinal));
        Assert.Equal("0.5", Value(lines, "granary_trial_layer_activation_near_zero{"));
    }

    /// <summary>Relied on by src/Dashboard/Metrics/LiveInstruments.cs: labels are names that users chose.</summary>
    [Fact]
    public async Task Labels_WithAnyCharacters_AreEscapedBesideTheScope()
    {
        await using ScrapeHost host = await ScrapeHost.StartAsync();
        host.Meter.CreateObservableGauge("loss", () => Of(double.NaN, "sweep", "a\"b\\c\nd"));

        string line = Assert.Single(Named((await host.ScrapeAsync()).Lines, "loss{"));

        Assert.Contains("sweep=\"a\\\"b\\\\c\\nd\"", line, StringComparison.Ordinal);
        Assert.Contains($"otel_scope_name=\"{host.Meter.Name}\"", line, StringComparison.Ordinal);
        Assert.Contains("} NaN", line, StringComparison.Ordinal);
    }

    /// <summary>Relied on by deploy/prometheus: its scrapers ask for OpenMetrics, people's browsers for text.</summary>
    [Theory]
    [InlineData(null, "text/plain; version=0.0.4")]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5", "application/openmetrics-text; version=1.0.0")]
    public async Task Answer_ByTheAcceptHeader_IsTextOrOpenMetricsWithTheTarget(string? accept, string expected)
    {
        await using ScrapeHost host = await ScrapeHost.StartAsync();
        host.Meter.CreateCounter<long>("calls").Add(1);

        (string[] lines, string type) = await host.ScrapeAsync(accept);

        Assert.StartsWith(expected, type, StringComparison.Ordinal);
        Assert.Contains("service_name=", Assert.Single(Named(lines, "target_info{")), StringComparison.Ordinal);
        Assert.Equal(accept is not null, lines.Contains("# EOF"));
    }

    /// <summary>Relied on by LiveInstruments: a series vanishes with its trial.</summary>
    [Fact]
    public async Task Series_NoLongerObserved_Vanishes()
    {
        await using ScrapeHost host = await ScrapeHost.StartAsync();
        int[] running = [1, 2];
        host.Meter.CreateObservableGauge("loss", () => running.Select(run => Of(run, "run", run)));

        string[] both = Named((await host.ScrapeAsync()).Lines, "loss{");
        running = [2];
        string[] one = Named((await host.ScrapeAsync()).Lines, "loss{");

        Assert.Equal(2, both.Length);
        Assert.Contains("run=\"2\"", Assert.Single(one), StringComparison.Ordinal);
    }

    /// <summary>Relied on by src/Dashboard/Hosting/DashboardHost.cs, whose limit counts every series that ever was.</summary>
    [Fact]
    public async Task Series_BeyondTheLimitSinceTheStart_OverflowIntoOne()
    {
        await using ScrapeHost host = await ScrapeHost.StartAsync(mostSeries: 3);
        int run = 0;
        host.Meter.CreateObservableGauge("loss", () => Of(1, "run", run));
        for (run = 1; run < 4; run++) await host.ScrapeAsync();

        string line = Assert.Single(Named((await host.ScrapeAsync()).Lines, "loss{"));

        Assert.Contains("otel_metric_overflow=\"true\"", line, StringComparison.Ordinal);
    }

    private static Measurement<double> Of(double value, string label, object text) =>
        new(value, new KeyValuePair<string, object?>(label, text));

    private static string[] Named(string[] lines, string start) => [.. lines.Where(line => line.StartsWith(start, StringComparison.Ordinal))];

    // Name{labels} value timestamp: the timestamp is optional.
    private static string Value(string[] lines, string start) => Assert.Single(Named(lines, start)).Split("} ")[1].Split(' ')[0];
}
