using Granary.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace Granary.EndToEnd.Tests;

/// <summary>A finished trial's network explained on its page, in a real browser and by the real trainer.</summary>
[Collection("whole machine")]
public sealed class ExplainPageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Each trial has a device; the second one keeps the dashboard up while the first one's page is looked at.
    private const string Sweep = """
        name: explained
        data: { set: fashion-mnist, batch: 64, limit: 1280 }
        train: { epochs: 1 }
        search:
          space:
            model: [lenet-relu]
            lr: [0.1, 0.05]
        overrides:
          - when: { lr: 0.05 }
            data: { limit: 20000 }
            train: { epochs: 100 }
        """;

    [Fact]
    public async Task TrialPage_OfAFinishedTrial_ExplainsAnExampleAndAnUpload()
    {
        using TemporaryFolder folder = new();
        await using GranaryCommand command = GranaryCommand.Start(
            folder.Path, "sweep", "run", folder.Write("explained.yaml", Sweep), "--devices", "cpu:2", "--http", "127.0.0.1:0");
        Uri dashboard = await GranaryCommand.DashboardAsync(folder.Path, "explained-1");
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
        IPage page = await browser.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(new Uri(dashboard, "sweeps/explained-1/trials/0001").ToString());
        await page.Locator("h1 .state.succeeded").WaitForAsync();

        await page.Locator("#explain input[name=example]").FillAsync("3");
        await page.Locator("#explain input[name=data]").CheckAsync();
        await page.Locator("#explain button").ClickAsync();
        await page.Locator("#explanation figure[data-kind=most-wrong]").WaitForAsync();

        string said = await page.Locator("#explanation p").First.InnerTextAsync();
        Assert.Contains("validation example 3, true class trouser.", said, StringComparison.Ordinal);
        Assert.Equal(5, await page.Locator("#predictions tbody tr").CountAsync());
        foreach (string kind in new[] { "grad-cam", "overlay", "heat-map", "features", "kernels", "confusion", "most-wrong" })
        {
            await SeeAsync(page, kind);
        }

        byte[] overlay = await BytesAsync(page, "overlay");
        await page.Locator("#explain input[name=picture]").SetInputFilesAsync(
            new FilePayload { Name = "../../mine.png", MimeType = "image/png", Buffer = overlay });
        await page.Locator("#explain input[name=data]").UncheckAsync();
        await page.Locator("#explain button").ClickAsync();
        await page.Locator("#explanation", new PageLocatorOptions { HasTextString = "picture upload.png, 224x224" }).WaitForAsync();
        await SeeAsync(page, "grad-cam");

        await page.Locator("#explain input[name=picture]").SetInputFilesAsync(
            new FilePayload { Name = "cut.png", MimeType = "image/png", Buffer = overlay[..200] });
        await page.Locator("#explain button").ClickAsync();
        PageLocatorOptions why = new() { HasTextString = "upload.png: damaged PNG, 200 bytes" };
        await page.Locator("#explanation .hint", why).WaitForAsync();
        Assert.Empty(errors);
    }

    // The browser has decoded it.
    private static async Task SeeAsync(IPage page, string kind) => await page.WaitForFunctionAsync(
        """
        kind => {
          const seen = document.querySelector(`#explanation figure[data-kind=${kind}] img`);
          return seen?.complete && seen.naturalWidth > 0;
        }
        """,
        kind);

    private static async Task<byte[]> BytesAsync(IPage page, string kind)
    {
        string? address = await page.Locator($"#explanation figure[data-kind={kind}] img").GetAttributeAsync("src");
        IAPIResponse response = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), address).ToString());
        Assert.Equal((200, "image/png"), (response.Status, response.Headers["content-type"]));
        return await response.BodyAsync();
    }
}
