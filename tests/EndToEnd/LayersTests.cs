using System.Globalization;
using Granary.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace Granary.EndToEnd.Tests;

/// <summary>The layers of a trial that is being ruined by its learning rate, seen in a real browser and at the terminal.</summary>
[Collection("whole machine")]
public sealed class LayersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task TrialPage_OfAHotRun_ShowsLayersVerdictsAndAGrowingHeatMap()
    {
        using TemporaryFolder folder = new();
        await using GranaryCommand command = Start(folder);
        Uri dashboard = await GranaryCommand.DashboardAsync(folder.Path, "hot-1");
        await using Chromium browser = await Chromium.OpenAsync(new Uri(dashboard, "sweeps/hot-1/trials/0001"));
        IPage page = browser.Page;
        // A reload would lose this mark.
        await page.EvaluateAsync("() => { window.granaryMark = 1; }");

        ILocator sick = page.Locator("#layers tbody tr:has(.health.exploding)").First;
        await sick.WaitForAsync(Wait);
        Assert.Matches("about (1|0.001) is right|outputs of mean|a gradient of norm", await sick.Locator(".evidence").InnerTextAsync());
        // Convolutions, linear layers and activations of lenet-relu.
        Assert.Equal(9, await page.Locator("#layers tbody tr").CountAsync());

        ILocator map = page.Locator("#spread");
        int first = await ColumnsAsync(map, 2);
        Assert.True(await ColumnsAsync(map, first + 3) > first);
        Assert.True(await ColoursAsync(map) >= 4);

        await page.Locator("#layers tbody tr[data-layer=conv1]").ClickAsync();
        await Until.TrueAsync("the heat map of conv1", Patience, async () => await map.GetAttributeAsync("data-layer") == "conv1");
        await page.Locator("#layers thead button", new PageLocatorOptions { HasTextString = "Verdict" }).ClickAsync();
        await page.Locator("#layers thead button", new PageLocatorOptions { HasTextString = "Verdict" }).ClickAsync();
        await Until.TrueAsync("the gravest verdict on top", Patience, async () =>
            await page.Locator("#layers tbody tr").First.Locator(".health.exploding, .health.dead").CountAsync() == 1);
        Assert.Equal(1, await page.EvaluateAsync<int>("() => window.granaryMark"));

        await page.GotoAsync(new Uri(dashboard, "sweeps/hot-1").ToString());
        ILocator badge = page.Locator("#trials tbody .health.exploding, #trials tbody .health.dead");
        await badge.WaitForAsync(Wait);
        Assert.Contains("layers", await badge.GetAttributeAsync("title"), StringComparison.Ordinal);
        Assert.Empty(browser.Errors);

        (int exitCode, string shown) = await GranaryCommand.RunAsync(folder.Path, Patience, "sweep", "show", "hot/1");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"layers (exploding|dead): \d of 9 layers ", shown);
        Assert.Matches(@"conv1 +Conv2d ", shown);
    }

    private static LocatorWaitForOptions Wait => new() { Timeout = (float)Patience.TotalMilliseconds };

    private static async Task<int> ColumnsAsync(ILocator map, int least)
    {
        int columns = 0;
        await Until.TrueAsync($"{least} columns in the heat map", Patience, async () =>
        {
            columns = int.Parse(await map.GetAttributeAsync("data-columns") ?? "0", CultureInfo.InvariantCulture);
            return columns >= least;
        });
        return columns;
    }

    // Different colours that fill at least a hundred pixels each: axes and text alone have two or three.
    private static async Task<int> ColoursAsync(ILocator map) => await map.Locator("canvas").First.EvaluateAsync<int>("""
        canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const counts = new Map();
          for (let i = 0; i < data.length; i += 4) {
            const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
            if (data[i + 3] === 255) counts.set(colour, (counts.get(colour) ?? 0) + 1);
          }
          return [...counts.values()].filter((count) => count >= 100).length;
        }
        """);

    private static GranaryCommand Start(TemporaryFolder folder) => GranaryCommand.Start(
        folder.Path, "sweep", "run", folder.Write("hot.yaml", SweepFiles.Hot), "--devices", "cpu:1", "--http", "127.0.0.1:0");
}
