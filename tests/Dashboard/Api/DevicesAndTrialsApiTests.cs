using System.Net;
using System.Text.Json;
using Granary.Dashboard.Tests.Hosting;
using Granary.V1;

namespace Granary.Dashboard.Tests.Api;

[Collection(SharedDashboard.Name)]
public sealed class DevicesAndTrialsApiTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task Devices_OfEveryPool_AreListedFree()
    {
        await dashboard.Silo.AddNodeAsync("east", "n1", "cpu:0", "cpu:1");
        await dashboard.Silo.AddNodeAsync("west", "n2", "cuda:0");

        JsonElement[] devices = [.. (await dashboard.GetAsync("/api/devices")).EnumerateArray()];

        string[] expected = ["n1/cpu:0", "n1/cpu:1", "n2/cuda:0"];
        Assert.Equal(expected, devices.Select(device => device.GetProperty("id").GetString()).Where(expected.Contains));
        Assert.All(devices, device => Assert.True(device.GetProperty("present").GetBoolean()));
        Assert.All(devices, device => Assert.Equal(JsonValueKind.Null, device.GetProperty("trial").ValueKind));
    }

    [Fact]
    public async Task Metrics_OfDevices_CountThemByState()
    {
        await dashboard.Silo.AddNodeAsync("scraped", "n3", "cpu:0");

        string metrics = await dashboard.UntilAsync("/metrics", text => text.Contains("granary_gangs_queued{", StringComparison.Ordinal)
            && text.Contains("pool=\"scraped\"", StringComparison.Ordinal));

        Assert.Contains("# TYPE granary_devices gauge", metrics, StringComparison.Ordinal);
        Assert.Matches("granary_devices\\{[^}]*state=\"free\"[^}]*\\} [1-9]", metrics);
        Assert.Matches("granary_devices\\{[^}]*state=\"absent\"[^}]*\\} 0", metrics);
    }

    [Fact]
    public async Task Curves_OfATrial_CarryNaNAndLayers()
    {
        StepMetrics step = new() { Step = 7, Epoch = 0.5, Values = { ["train-loss"] = double.NaN, ["learning-rate"] = 0.25 } };
        step.Layers.Add([WireSamples.Layer(), new LayerStatistics { Layer = "relu1", Mean = 1, StandardDeviation = 2, NearZero = 0.5 }]);
        dashboard.Sweeps.Measured["curves-1/0003"] = new CurvesReply { Steps = { step } };

        JsonElement curves = await dashboard.GetAsync("/api/trials/curves-1/3/curves?layers=true&points=1");
        JsonElement point = Assert.Single(curves.EnumerateArray());

        Assert.Equal(7, point.GetProperty("step").GetInt64());
        Assert.Equal("NaN", point.GetProperty("values").GetProperty("train-loss").GetString());
        Assert.Equal(0.25, point.GetProperty("values").GetProperty("learning-rate").GetDouble());
        Assert.Equal(
            """{"layer":"conv1","mean":1,"standardDeviation":2,"nearZero":0.5,"kind":"Conv2d","gradientNorm":4,"weightNorm":8,"updateRatio":"""
            + """0.75,"health":"exploding","evidence":"each step changes its weights by 0.75 of their norm or more"}""",
            point.GetProperty("layers")[0].GetRawText());
        // An activation has no weights, and an older worker judges nothing.
        Assert.Equal(
            """{"layer":"relu1","mean":1,"standardDeviation":2,"nearZero":0.5,"kind":"","gradientNorm":null,"weightNorm":null,"updateRatio":"""
            + """null,"health":"unknown","evidence":""}""",
            point.GetProperty("layers")[1].GetRawText());
        // A curve has two ends at least.
        Assert.Equal(new CurvesRequest { Trial = "curves-1/0003", Points = 2, Layers = true }, dashboard.Sweeps.Asked);
    }

    [Fact]
    public async Task Curves_OfALargeNetwork_MayTakeMoreThanGrpcsOwnLimit()
    {
        CurvesReply reply = new();
        for (int number = 1; number <= 400; number++)
        {
            StepMetrics step = new() { Step = number };
            step.Layers.Add(Enumerable.Repeat(WireSamples.Layer(), 100));
            reply.Steps.Add(step);
        }

        Assert.True(reply.CalculateSize() > 4 << 20);
        dashboard.Sweeps.Measured["large-1/0001"] = reply;

        JsonElement curves = await dashboard.GetAsync("/api/trials/large-1/1/curves?layers=true&points=400");

        Assert.Equal(400, curves.GetArrayLength());
    }

    [Fact]
    public async Task Spread_OfALayer_HasAColumnPerStep()
    {
        dashboard.Sweeps.Spreads[("spread-1/0002", "layer1.0.conv1")] = new LayerHistoryReply
        {
            Steps =
            {
                new LayerSpread { Step = 20, Histogram = new LayerHistogram { Low = -10, High = 10, Examined = 9, Counts = { 2, 7 } } },
            },
        };

        JsonElement spread = await dashboard.GetAsync("/api/trials/spread-1/2/spread?layer=layer1.0.conv1&points=5000&after=7");

        Assert.Equal("""[{"step":20,"low":-10,"high":10,"counts":[2,7]}]""", spread.GetRawText());
        // More than a screen is wide is never read.
        Assert.Equal(
            new LayerHistoryRequest { Trial = "spread-1/0002", Layer = "layer1.0.conv1", Points = 1_000, AfterStep = 7 },
            dashboard.Sweeps.AskedSpread);
    }

    [Fact]
    public async Task Spread_OfNoLayer_IsNotFoundInTheSilosWords()
    {
        using HttpResponseMessage response = await dashboard.Http.GetAsync("/api/trials/spread-1/2/spread?layer=layer9");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("no statistics of a layer 'layer9'", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/trials/nowhere-1/1/curves")]
    [InlineData("/api/trials/nowhere-1/0/curves")]
    [InlineData("/api/trials/nowhere-1/one/curves")]
    public async Task Curves_OfNoTrial_IsNotFound(string path)
    {
        using HttpResponseMessage response = await dashboard.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
