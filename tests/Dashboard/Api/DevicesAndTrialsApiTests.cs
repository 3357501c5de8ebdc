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
        step.Layers.Add(new LayerStatistics { Layer = "conv1", Mean = 1, StandardDeviation = 2, NearZero = 0.5 });
        dashboard.Sweeps.Measured["curves-1/0003"] = new CurvesReply { Steps = { step } };

        JsonElement curves = await dashboard.GetAsync("/api/trials/curves-1/3/curves?layers=true&points=1");
        JsonElement point = Assert.Single(curves.EnumerateArray());

        Assert.Equal(7, point.GetProperty("step").GetInt64());
        Assert.Equal("NaN", point.GetProperty("values").GetProperty("train-loss").GetString());
        Assert.Equal(0.25, point.GetProperty("values").GetProperty("learning-rate").GetDouble());
        Assert.Equal(0.5, point.GetProperty("layers")[0].GetProperty("nearZero").GetDouble());
        // A curve has two ends at least.
        Assert.Equal(new CurvesRequest { Trial = "curves-1/0003", Points = 2, Layers = true }, dashboard.Sweeps.Asked);
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
