using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Granary.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace Granary.EndToEnd.Tests;

/// <summary>A running sweep seen with a real Prometheus and a real browser.</summary>
[Collection("whole machine")]
public sealed class WatchingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Prometheus_DuringASweep_AnswersWithALiveRunsLoss()
    {
        using TemporaryFolder folder = new();
        await using GranaryCommand command = Start(folder);
        Uri dashboard = new(await GranaryCommand.RecordAsync(folder.Path, "dashboard", "http"));
        await using PrometheusServer prometheus = PrometheusServer.Start(folder.Path, dashboard);

        double loss = double.Parse(
            await Until.NotNullAsync("a loss in Prometheus", Patience, () => prometheus.QueryAsync("min(granary_trial_train_loss{sweep=\"long-1\",model=~\"lenet.*\"})")),
            CultureInfo.InvariantCulture);
        string layers = await Until.NotNullAsync(
            "activation statistics in Prometheus", Patience,
            () => prometheus.QueryAsync("count(granary_trial_layer_activation_near_zero{sweep=\"long-1\"})"));
        string ratio = await Until.NotNullAsync(
            "an update ratio in Prometheus", Patience,
            () => prometheus.QueryAsync("max(granary_trial_layer_update_ratio{sweep=\"long-1\",layer=\"conv1\"})"));

        // Cross-entropy of ten classes is ln 10 before learning and above 0 for ever.
        Assert.InRange(loss, 0.01, 3);
        Assert.True(double.Parse(layers, CultureInfo.InvariantCulture) >= 4);
        // Thresholds.WildUpdate in src/Trainer/Health: beyond it weights are not trained.
        Assert.InRange(double.Parse(ratio, CultureInfo.InvariantCulture), 1e-6, 0.5);
    }

    [Fact]
    public async Task SweepPage_InARealBrowser_GrowsItsCurvesWithoutReload()
    {
        using TemporaryFolder folder = new();
        await using GranaryCommand command = Start(folder);
        Uri dashboard = await GranaryCommand.DashboardAsync(folder.Path, "long-1");
        await using Chromium browser = await Chromium.OpenAsync(new Uri(dashboard, "sweeps/long-1"));
        IPage page = browser.Page;
        // A reload would lose this mark.
        await page.EvaluateAsync("() => { window.granaryMark = 1; }");

        ILocator chart = page.Locator("#curves");
        int first = await PointsAsync(chart, 1);
        int later = await PointsAsync(chart, first + 10);

        Assert.True(later > first);
        Assert.Equal(1, await page.EvaluateAsync<int>("() => window.granaryMark"));
        Assert.Equal(4, await page.Locator("#trials tbody tr").CountAsync());
        await page.Locator("#trials thead button", new PageLocatorOptions { HasTextString = "lr" }).ClickAsync();
        Assert.Equal("ascending", await page.Locator("#trials th[aria-sort=ascending]").First.GetAttributeAsync("aria-sort"));
        await page.Locator("#trials tbody tr:has(.state.running) a").First.ClickAsync();
        await page.Locator("#layers tbody tr").First.WaitForAsync(new LocatorWaitForOptions { Timeout = (float)Patience.TotalMilliseconds });
        Assert.True(await page.Locator("#layers tbody tr").CountAsync() >= 4);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Rest_DuringASweep_ListsItAndRefusesForeignCommands()
    {
        using TemporaryFolder folder = new();
        await using GranaryCommand command = Start(folder);
        using HttpClient http = new() { BaseAddress = await GranaryCommand.DashboardAsync(folder.Path, "long-1") };

        JsonElement sweeps = await http.GetFromJsonAsync<JsonElement>("api/sweeps");
        using HttpResponseMessage foreign = await http.PostAsync("api/sweeps/long-1/stop", content: null);
        using HttpResponseMessage unknown = await http.GetAsync("api/sweeps/long-2");
        using HttpRequestMessage stop = new(HttpMethod.Post, "api/sweeps/long-1/stop") { Headers = { { "X-Granary", "1" } } };
        using HttpResponseMessage stopped = await http.SendAsync(stop);

        Assert.Equal("long-1", sweeps[0].GetProperty("id").GetString());
        Assert.Equal(403, (int)foreign.StatusCode);
        Assert.Equal(404, (int)unknown.StatusCode);
        Assert.Equal(200, (int)stopped.StatusCode);
        Assert.Equal(1, await command.ExitAsync(Patience));
        Assert.Contains("long-1: stopped (stopped from the dashboard)", command.Output, StringComparison.Ordinal);
    }

    private static async Task<int> PointsAsync(ILocator chart, int least)
    {
        string text = await Until.NotNullAsync($"{least} points in the chart", Patience, async () =>
            await chart.GetAttributeAsync("data-points") is { } points && int.Parse(points, CultureInfo.InvariantCulture) >= least ? points : null);
        return int.Parse(text, CultureInfo.InvariantCulture);
    }

    private static GranaryCommand Start(TemporaryFolder folder) => GranaryCommand.Start(
        folder.Path, "sweep", "run", folder.Write("long.yaml", SweepFiles.Long), "--devices", "cpu:2", "--http", "127.0.0.1:0");
}
