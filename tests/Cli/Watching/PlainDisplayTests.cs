using System.Text;
using Granary.Cli.Tests.Commands;
using Granary.Cli.Watching;
using Granary.V1;
using Microsoft.Extensions.Time.Testing;

namespace Granary.Cli.Tests.Watching;

public sealed class PlainDisplayTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly StringBuilder _output = new();

    [Fact]
    public async Task ShowAsync_EventsOfATrial_HasOneLinePerStateAndEpoch()
    {
        Trial running = Samples.Trial(1, TrialState.Running, version: 2);
        running.Devices.Add("node/cuda:0");
        Trial epoch = Samples.Trial(1, TrialState.Running, version: 3, epochsDone: 1);
        epoch.Metrics["train-loss"] = 0.5;
        epoch.Metrics["valid-accuracy"] = double.NaN;
        epoch.Metrics["examples-per-second"] = 12_345.6;
        Trial failed = Samples.Trial(1, TrialState.Failed, version: 4, epochsDone: 1);
        failed.Reason = "out of memory";

        string[] lines = await ShowAsync(
            Samples.Trial(1, TrialState.Queued), running, Samples.Trial(1, TrialState.Running, version: 2), epoch, failed);

        Assert.Equal(
            [
                "12:00:00 trial 1 lr=0.01: queued",
                "12:00:00 trial 1 lr=0.01: running on node/cuda:0",
                "12:00:00 trial 1 lr=0.01: epoch 1/4 train-loss 0.5000 valid-loss - valid-accuracy NaN at 12,346 examples/s",
                "12:00:00 trial 1 lr=0.01: failed: out of memory",
            ],
            lines);
    }

    [Fact]
    public async Task ShowAsync_ASecondAttempt_IsCounted()
    {
        Trial second = Samples.Trial(1, TrialState.Running, version: 2);
        second.Attempt = 2;

        string[] lines = await ShowAsync(Samples.Trial(1, TrialState.Queued), second);

        Assert.Equal("12:00:00 trial 1 lr=0.01: running, attempt 2", lines[^1]);
    }

    [Fact]
    public async Task ShowAsync_ARankThatIsReplaced_IsToldAndSoIsTheEnd()
    {
        Trial Running(int version, string reason)
        {
            Trial trial = Samples.Trial(1, TrialState.Running, version: version);
            trial.Devices.AddRange(["a/cuda:0", "b/cuda:0"]);
            trial.Reason = reason;
            return trial;
        }

        const string Lost = "rank 1 on b/cuda:0 was lost";
        string[] lines = await ShowAsync(Running(1, ""), Running(2, Lost), Running(3, Lost), Running(4, ""));

        Assert.Equal(
            [
                "12:00:00 trial 1 lr=0.01: rank 1 on b/cuda:0 was lost",
                "12:00:00 trial 1 lr=0.01: its ranks are together again on a/cuda:0, b/cuda:0",
            ],
            lines[1..]);
    }

    [Fact]
    public async Task ShowAsync_AVerdictThatChanges_IsToldOnceWithItsEvidence()
    {
        Trial Epoch(int epoch) => Samples.Trial(1, TrialState.Running, version: epoch + 1, epochsDone: epoch);

        string[] lines = await ShowAsync(
            Epoch(1).With(LayerHealth.Healthy),
            Epoch(2).With(LayerHealth.Dead, "1 of 9 layers dead; relu2: idle."),
            Epoch(3).With(LayerHealth.Dead, "1 of 9 layers dead; relu2: still idle."),
            Epoch(4).With(LayerHealth.Healthy));

        Assert.Equal(
            [
                "at - examples/s", "at - examples/s; 1 of 9 layers dead; relu2: idle.",
                "at - examples/s", "at - examples/s; its layers are healthy again",
            ],
            lines.Select(line => line[line.IndexOf("at - ", StringComparison.Ordinal)..]));
    }

    [Fact]
    public void Say_ALine_CarriesTheTime()
    {
        _time.Advance(new TimeSpan(0, 1, 2));

        new PlainDisplay(new StringWriter(_output), _time).Say("news");

        Assert.Equal("12:01:02 news", _output.ToString().TrimEnd());
    }

    // A thousand trials are planned, so that one says nothing of the time left.
    private async Task<string[]> ShowAsync(params Trial[] trials)
    {
        ScriptedSweeps sweeps = new();
        sweeps.Watches =
        [
            new WatchScript(
                Breaks: false,
                [
                    Samples.Event(Samples.Sweep(SweepState.Running, 1_000)),
                    .. trials.Select(Samples.Event),
                    new SweepEvent { Summary = Samples.Sweep(SweepState.Succeeded, 1_000) },
                ]),
        ];
        await using TestServer server = await TestServer.StartAsync(sweeps, new StoredArtifacts());
        SweepProgress progress = new(_time);
        SweepWatcher watcher = new(() => server.Sweeps, progress, _time);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        await new PlainDisplay(new StringWriter(_output), _time).ShowAsync(
            watcher, progress, () => watcher.WatchAsync("s-1", patience.Token), patience.Token);
        return _output.ToString().TrimEnd().Split(Environment.NewLine);
    }
}
