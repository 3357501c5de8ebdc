using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;
using Granary.Dashboard.Tests.Hosting;
using Granary.V1;

namespace Granary.Dashboard.Tests.Api;

[Collection(SharedDashboard.Name)]
public sealed class EventsApiTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task Events_OfARunningSweep_AreASnapshotThenEveryChangeThenTheEnd()
    {
        ChannelWriter<SweepEvent> silo = dashboard.Sweeps.Run("live-1");
        silo.TryWrite(new SweepEvent { Sweep = WireSamples.Sweep("live-1", WireSamples.Trial("live-1", TrialState.Running)) });
        using EventReader browser = await OpenAsync("live-1");

        Assert.Equal("snapshot", await browser.NextAsync());
        Assert.Equal("running", browser.Data.GetProperty("trials")[0].GetProperty("state").GetString());

        silo.TryWrite(new SweepEvent { Metrics = WireSamples.Metrics("live-1", double.NaN) });
        Assert.Equal("metrics", await browser.NextAsync());
        Assert.Equal("NaN", browser.Data.GetProperty("points")[0].GetProperty("values").GetProperty("train-loss").GetString());

        silo.TryWrite(new SweepEvent { Trial = WireSamples.Trial("live-1", TrialState.Succeeded, version: 2) });
        Assert.Equal("trial", await browser.NextAsync());
        Assert.Equal("succeeded", browser.Data.GetProperty("state").GetString());

        silo.TryWrite(new SweepEvent { Summary = WireSamples.Sweep("live-1") });
        Assert.Equal("summary", await browser.NextAsync());

        dashboard.Sweeps.End("live-1");
        Assert.Equal("end", await browser.NextAsync());
        Assert.Null(await browser.NextAsync());
    }

    [Fact]
    public async Task Events_WhenTheSiloRestarts_GoOnWithANewSnapshot()
    {
        ChannelWriter<SweepEvent> silo = dashboard.Sweeps.Run("broken-1");
        silo.TryWrite(new SweepEvent { Sweep = WireSamples.Sweep("broken-1") });
        using EventReader browser = await OpenAsync("broken-1");
        Assert.Equal("snapshot", await browser.NextAsync());

        silo.TryWrite(new SweepEvent());
        silo.TryWrite(new SweepEvent { Sweep = WireSamples.Sweep("broken-1", WireSamples.Trial("broken-1", TrialState.Running)) });

        Assert.Equal("snapshot", await browser.NextAsync());
        Assert.Equal(1, browser.Data.GetProperty("trials").GetArrayLength());
        Assert.Equal(2, dashboard.Sweeps.Watched.Count(sweep => sweep == "broken-1"));
        dashboard.Sweeps.End("broken-1");
    }

    [Fact]
    public async Task Events_OfAnEndedSweep_AreItsSnapshotAndTheEnd()
    {
        string id = await dashboard.Silo.SubmitAsync("ended");
        (await dashboard.PostAsync($"/api/sweeps/{id}/stop", ownPage: true)).Dispose();

        using EventReader browser = await OpenAsync(id);

        Assert.Equal("snapshot", await browser.NextAsync());
        Assert.Equal("stopped", browser.Data.GetProperty("sweep").GetProperty("state").GetString());
        Assert.Equal("end", await browser.NextAsync());
        Assert.Null(await browser.NextAsync());
    }

    [Fact]
    public async Task Events_OfNoSweep_AreNotFound()
    {
        using HttpResponseMessage response = await dashboard.Http.GetAsync("/api/sweeps/nowhere-1/events");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Metrics_OfARunningTrial_ComeAndGoWithIt()
    {
        ChannelWriter<SweepEvent> silo = dashboard.Sweeps.Run("scraped-1");
        silo.TryWrite(new SweepEvent { Sweep = WireSamples.Sweep("scraped-1", WireSamples.Trial("scraped-1", TrialState.Running)) });
        silo.TryWrite(new SweepEvent { Metrics = WireSamples.Metrics("scraped-1", 0.25) });

        string metrics = await dashboard.UntilAsync("/metrics", text => text.Contains("sweep=\"scraped-1\"", StringComparison.Ordinal)
            && text.Contains("granary_trial_layer_activation_mean{", StringComparison.Ordinal));
        Assert.Matches("granary_trial_train_loss\\{[^}]*sweep=\"scraped-1\"[^}]*\\} 0.25", metrics);
        Assert.Matches("granary_trial_reduce_overlap\\{[^}]*sweep=\"scraped-1\"[^}]*\\} 0.5", metrics);
        Assert.Matches("granary_trial_rank_seconds\\{[^}]*phase=\"forward\",rank=\"1\",sweep=\"scraped-1\"[^}]*\\} 0.125", metrics);
        foreach ((string series, string value) in new[]
        {
            ("activation_mean", "1"), ("activation_std", "2"), ("activation_near_zero", "0.5"),
            ("gradient_norm", "4"), ("weight_norm", "8"), ("update_ratio", "0.75"),
        })
        {
            const string Labels = "layer=\"conv1\",model=\"lenet-relu\",sweep=\"scraped-1\",trial=\"1\"";
            Assert.Matches($"granary_trial_layer_{series}\\{{[^}}]*{Labels}[^}}]*\\}} {value}\\b", metrics);
        }

        Assert.Matches("granary_trial_layer_verdict\\{[^}]*layer=\"conv1\"[^}]*verdict=\"exploding\"[^}]*\\} 1", metrics);

        silo.TryWrite(new SweepEvent { Trial = WireSamples.Trial("scraped-1", TrialState.Succeeded, version: 2) });
        await dashboard.UntilAsync("/metrics", text => !text.Contains("sweep=\"scraped-1\"", StringComparison.Ordinal));
        dashboard.Sweeps.End("scraped-1");
    }

    // The feed looks for new sweeps once a second.
    private async Task<EventReader> OpenAsync(string sweep)
    {
        using CancellationTokenSource patience = new(DashboardFixture.Patience);
        while (true)
        {
            HttpResponseMessage response = await dashboard.Http.GetAsync(
                $"/api/sweeps/{sweep}/events", HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
                return new EventReader(response, await response.Content.ReadAsStreamAsync(patience.Token));
            }

            response.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }

    private sealed class EventReader(HttpResponseMessage response, Stream stream) : IDisposable
    {
        private readonly CancellationTokenSource _patience = new(DashboardFixture.Patience);
        private IAsyncEnumerator<SseItem<string>>? _events;

        public JsonElement Data { get; private set; }

        /// <summary>The next event's name; null at the end of the stream.</summary>
        public async Task<string?> NextAsync()
        {
            _events ??= SseParser.Create(stream).EnumerateAsync(_patience.Token).GetAsyncEnumerator(_patience.Token);
            if (!await _events.MoveNextAsync())
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(_events.Current.Data);
            Data = document.RootElement.Clone();
            return _events.Current.EventType;
        }

        public void Dispose()
        {
            response.Dispose();
            _patience.Dispose();
        }
    }
}
