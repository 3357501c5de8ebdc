using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Granary.Conformance.PrometheusExporter.Tests;

/// <summary>
/// Series that come and go, as live runs do. The limit is the SDK's: 2,000 label sets per metric unless a view says otherwise, see
/// https://github.com/open-telemetry/opentelemetry-dotnet/blob/main/docs/metrics/README.md#cardinality-limits.
/// </summary>
public sealed class LifetimeTests
{
    private static KeyValuePair<string, object?> Run(int number) => new("run", number);

    [Fact]
    public async Task ObservableGauge_NoLongerObserved_Vanishes()
    {
        await using var host = await ScrapeHost.StartAsync();
        int[] running = [1, 2];
        host.Meter.CreateObservableGauge("loss", () => running.Select(run => new Measurement<double>(run, Run(run))));

        var both = await host.ScrapeAsync();
        running = [2];
        var one = await host.ScrapeAsync();
        running = [];
        var none = await host.ScrapeAsync();

        Assert.Equal(["1", "2"], both.Named("loss").Select(sample => sample.Labels["run"]).Order());
        Assert.Equal("2", one["loss"].Labels["run"]);
        Assert.DoesNotContain(none.Samples, sample => sample.Name == "loss");
    }

    [Fact]
    public async Task ObservableGauge_WithMoreLabelSetsOverItsLifeThanTheLimit_LosesTheLaterOnes()
    {
        await using var host = await ScrapeHost.StartAsync(
            build: builder => builder.AddView("loss", new MetricStreamConfiguration { CardinalityLimit = 10 }));
        int run = 0;
        host.Meter.CreateObservableGauge("loss", () => new Measurement<double>(1, Run(run)));

        Exposition? last = null;
        for (run = 1; run <= 11; run++)
        {
            last = await host.ScrapeAsync();
        }

        // Only one run lives at any time; what counts is all of them since the start.
        var labels = last!["loss"].Labels;
        Assert.Equal("true", labels["otel_metric_overflow"]);
        Assert.DoesNotContain("run", labels);
    }

    [Fact]
    public async Task ObservableGauge_OnAMeterPerGeneration_StartsItsLimitAnew()
    {
        await using var host = await ScrapeHost.StartAsync(build: builder => builder
            .AddMeter("granary.test.generation")
            .AddView("loss", new MetricStreamConfiguration { CardinalityLimit = 10 }));

        for (int generation = 0; generation < 5; generation++)
        {
            using var meter = new Meter("granary.test.generation");
            int run = 0;
            meter.CreateObservableGauge("loss", () => new Measurement<double>(1, Run(run)));
            for (int i = 0; i < 8; i++)
            {
                run = (generation * 8) + i;
                Assert.Equal($"{run}", (await host.ScrapeAsync())["loss"].Labels["run"]);
            }
        }
    }
}
