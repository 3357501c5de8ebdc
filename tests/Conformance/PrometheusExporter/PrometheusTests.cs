using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Granary.Conformance.PrometheusExporter.Tests;

/// <summary>The output before the programs that it is for: Debian's promtool and prometheus.</summary>
public sealed class PrometheusTests
{
    [Fact]
    public async Task Promtool_ChecksEveryKindOfInstrument_FindsNothing()
    {
        await using var host = await ScrapeHost.StartAsync();
        RecordEverything(host.Meter);

        var (exitCode, output) = await CheckMetricsAsync((await host.ScrapeAsync()).Text);

        Assert.Equal(("", 0), (output, exitCode));
    }

    [Fact]
    public async Task Promtool_ChecksABrokenText_Complains()
    {
        var (exitCode, _) = await CheckMetricsAsync("# TYPE a counter\na{b=\"unfinished} 1\n");

        Assert.NotEqual(0, exitCode);
    }

    [Fact]
    public async Task Prometheus_ScrapesALiveGauge_AQueryReturnsItsValue()
    {
        await using var host = await ScrapeHost.StartAsync();
        RecordEverything(host.Meter);
        double[] losses = [2.25, double.NaN];
        host.Meter.CreateObservableGauge(
            "granary.trial.loss",
            () => losses.Select((loss, i) => new Measurement<double>(loss, new KeyValuePair<string, object?>("trial", $"s/000{i} \"é\""))),
            null,
            "Training loss of a live trial.");

        await using var prometheus = PrometheusServer.Start(host.Address);

        var up = await prometheus.QueryUntilAsync("up", result => IsOne(result, "1"));
        Assert.Equal("granary", up[0].GetProperty("metric").GetProperty("job").GetString());
        var loss = await prometheus.QueryUntilAsync("granary_trial_loss == 2.25", result => result.GetArrayLength() == 1);
        Assert.Equal("s/0000 \"é\"", loss[0].GetProperty("metric").GetProperty("trial").GetString());
        await prometheus.QueryUntilAsync("granary_jobs_total{kind=\"a\"}", result => IsOne(result, "3"));
        await prometheus.QueryUntilAsync("granary_wait_seconds_bucket{le=\"+Inf\"}", result => IsOne(result, "2"));

        // A run that is over: Prometheus marks its series stale at the next scrape, and the instant query no longer finds it.
        losses = [];
        await prometheus.QueryUntilAsync("granary_trial_loss", result => result.GetArrayLength() == 0);
    }

    private static void RecordEverything(Meter meter)
    {
        meter.CreateCounter<long>("granary.jobs", null, "Jobs done.").Add(3, new KeyValuePair<string, object?>("kind", "a"));
        meter.CreateCounter<double>("granary.busy", "s", "Time \"spent\" \\ busy.").Add(0.5);
        meter.CreateUpDownCounter<long>("granary.queue.length", null, "Jobs waiting.").Add(-2);
        meter.CreateGauge<double>("granary.temperature", "Cel", "Several\nlines.").Record(double.NegativeInfinity);
        meter.CreateObservableCounter("granary.read", () => 12L, "By", "Bytes read.");
        var histogram = meter.CreateHistogram<double>("granary.wait", "s", "Time waited.");
        histogram.Record(0.4);
        histogram.Record(70);
    }

    private static bool IsOne(System.Text.Json.JsonElement result, string value)
        => result.GetArrayLength() == 1 && result[0].GetProperty("value")[1].GetString() == value;

    private static async Task<(int ExitCode, string Output)> CheckMetricsAsync(string text)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var output = promtool.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = promtool.StandardError.ReadToEndAsync(patience.Token);
        await promtool.WaitForExitAsync(patience.Token);
        return (promtool.ExitCode, await output + await errors);
    }
}
