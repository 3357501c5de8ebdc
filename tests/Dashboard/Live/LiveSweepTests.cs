using System.Text.Json;
using System.Threading.Channels;
using Granary.Dashboard.Live;
using Granary.Dashboard.Views;
using Granary.V1;

namespace Granary.Dashboard.Tests.Live;

public sealed class LiveSweepTests
{
    private readonly LiveSweep _sweep = new();

    [Fact]
    public void Follow_AfterChanges_BeginsWithASnapshotOfThem()
    {
        _sweep.Take(WireSamples.Sweep("s-1").ToDetailView());
        _sweep.Take(Trial(TrialState.Running, version: 1));

        LiveMessage message = Assert.Single(Read(_sweep.Follow()));

        Assert.Equal("snapshot", message.Event);
        Assert.Equal("running", State(message, "trials"));
    }

    [Fact]
    public void Follow_BeforeAnything_WaitsForTheSnapshot()
    {
        ChannelReader<LiveMessage> follower = _sweep.Follow();
        Assert.Empty(Read(follower));

        _sweep.Take(WireSamples.Sweep("s-1").ToDetailView());

        Assert.Equal("snapshot", Assert.Single(Read(follower)).Event);
    }

    [Fact]
    public void Take_AnOlderTrial_IsIgnored()
    {
        _sweep.Take(WireSamples.Sweep("s-1").ToDetailView());
        _sweep.Take(Trial(TrialState.Succeeded, version: 3));
        ChannelReader<LiveMessage> follower = _sweep.Follow();
        Read(follower);

        _sweep.Take(Trial(TrialState.Running, version: 2));

        Assert.Empty(Read(follower));
        Assert.Empty(_sweep.Running());
    }

    [Fact]
    public void Take_ASnapshotWithAnOlderTrial_KeepsTheNewer()
    {
        _sweep.Take(Trial(TrialState.Succeeded, version: 3));

        _sweep.Take(WireSamples.Sweep("s-1", WireSamples.Trial("s-1", TrialState.Running, version: 2)).ToDetailView());

        Assert.Equal("succeeded", State(Assert.Single(Read(_sweep.Follow())), "trials"));
    }

    [Fact]
    public void Take_AThousandUnreadEvents_CutsThatFollowerOffAndNoOther()
    {
        ChannelReader<LiveMessage> slow = _sweep.Follow();
        ChannelReader<LiveMessage> quick = _sweep.Follow();
        for (int version = 1; version <= 1_001; version++)
        {
            _sweep.Take(Trial(TrialState.Running, version));
            Assert.Single(Read(quick));
        }

        Assert.Equal(1_000, Read(slow).Count);
        Assert.True(slow.Completion.IsCompleted);
        Assert.False(quick.Completion.IsCompleted);
    }

    [Fact]
    public void End_WithFollowers_TellsThemAndLaterOnes()
    {
        _sweep.Take(WireSamples.Sweep("s-1").ToDetailView());
        ChannelReader<LiveMessage> early = _sweep.Follow();

        _sweep.End();

        ChannelReader<LiveMessage> late = _sweep.Follow();
        foreach (ChannelReader<LiveMessage> follower in new[] { early, late })
        {
            Assert.Equal(["snapshot", "end"], Read(follower).Select(message => message.Event));
            Assert.True(follower.Completion.IsCompleted);
        }
    }

    [Fact]
    public void Leave_AFollower_GetsNothingMore()
    {
        ChannelReader<LiveMessage> follower = _sweep.Follow();

        _sweep.Leave(follower);
        _sweep.Take(Trial(TrialState.Running, version: 1));

        Assert.Empty(Read(follower));
    }

    [Fact]
    public void Running_AfterMetrics_HasTheNewestPointAndLayers()
    {
        _sweep.Take(Trial(TrialState.Running, version: 1));
        Assert.Null(Assert.Single(_sweep.Running()).Point);

        _sweep.Take(new MetricsView("s-1/0001", [Point(1, [new LayerView("conv1", 1, 2, 0.5)]), Point(2, layers: null)]));

        LiveTrial live = Assert.Single(_sweep.Running());
        Assert.Equal(2, live.Point?.Step);
        // Layers are measured less often than steps.
        Assert.Equal("conv1", Assert.Single(live.Layers).Layer);
    }

    private static TrialView Trial(TrialState state, long version) => WireSamples.Trial("s-1", state, version).ToView();

    private static PointView Point(long step, IReadOnlyList<LayerView>? layers) =>
        new(step, step, new Dictionary<string, double>(), layers);

    private static string? State(LiveMessage message, string list)
    {
        using JsonDocument document = JsonDocument.Parse(message.Json);
        return document.RootElement.GetProperty(list)[0].GetProperty("state").GetString();
    }

    private static List<LiveMessage> Read(ChannelReader<LiveMessage> reader)
    {
        List<LiveMessage> messages = [];
        while (reader.TryRead(out LiveMessage? message))
        {
            messages.Add(message);
        }

        return messages;
    }
}
