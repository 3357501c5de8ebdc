using Granary.V1;

namespace Granary.Cli.Tests.Commands;

/// <summary><c>sweep run --silo</c> against a silo whose answers are written down.</summary>
public sealed class SweepRunTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Terminal _terminal = new();
    private readonly ScriptedSweeps _sweeps = new();
    private readonly StoredArtifacts _artifacts = new();
    private TestServer? _server;

    public async Task InitializeAsync()
    {
        Trial best = Samples.Trial(2, TrialState.Succeeded, version: 9, epochsDone: 4, best: 0.875);
        best.BestCheckpoint = new Checkpoint { Weights = _artifacts.Add("weights"), Manifest = _artifacts.Add("manifest"), Epoch = 4 };
        Trial other = Samples.Trial(1, TrialState.Succeeded, version: 9, epochsDone: 4, best: 0.5);
        _sweeps.Sweep = Samples.Sweep(SweepState.Succeeded, 2, other, best);
        (_sweeps.Sweep.BestTrial, _sweeps.Sweep.Best) = (best.Id, best.Best);
        _sweeps.Watches = [new WatchScript(Breaks: false, Samples.Event(_sweeps.Sweep))];
        _server = await TestServer.StartAsync(_sweeps, _artifacts);
    }

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_FileThatTheSiloRefuses_PrintsItsMessageAndIsUsage()
    {
        _sweeps.Refusal = "sweep.yaml:3:8: there is no such model here";

        Assert.Equal(2, await RunAsync());
        Assert.Equal(_sweeps.Refusal, _terminal.Error.TrimEnd());
        Assert.DoesNotContain(_sweeps.Calls, call => call.StartsWith("watch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_SweepThatSucceeds_PrintsTheLeaderboardAndBringsTheBestCheckpoint()
    {
        Assert.Equal(0, await RunAsync("--fresh"));

        Assert.Equal(["2", "1"], Leaders());
        Assert.Contains("s-1: succeeded, 2 of 2 trials ended", _terminal.Output, StringComparison.Ordinal);
        Assert.Contains("best valid-accuracy 0.8750: trial 2, lr=0.02", _terminal.Output, StringComparison.Ordinal);
        Assert.Equal("weights", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "state", "best", "s-1.safetensors")));
        SubmitRequest submitted = Assert.Single(_sweeps.Submitted);
        Assert.Equal(Samples.SweepFile, submitted.File);
        Assert.True(submitted.Fresh);
    }

    [Theory]
    [InlineData(SweepState.Failed)]
    [InlineData(SweepState.Stopped)]
    public async Task Run_SweepThatDoesNotSucceed_PrintsWhyAndFails(SweepState state)
    {
        (_sweeps.Sweep.State, _sweeps.Sweep.Reason) = (state, "no trial succeeded");

        Assert.Equal(1, await RunAsync());
        Assert.Contains($"{state.ToString().ToLowerInvariant()} (no trial succeeded)", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StreamThatBreaksOnce_IsOpenedAgain()
    {
        Sweep begun = Samples.Sweep(SweepState.Running, 2, Samples.Trial(1, TrialState.Running));
        Trial epoch = Samples.Trial(1, TrialState.Running, version: 2, epochsDone: 1);
        _sweeps.Watches =
        [
            new WatchScript(Breaks: true, Samples.Event(begun), Samples.Event(epoch)),
            new WatchScript(
                Breaks: false,
                Samples.Event(begun),
                Samples.Event(Samples.Trial(1, TrialState.Succeeded, version: 5, epochsDone: 4)),
                new SweepEvent { Summary = Samples.Sweep(SweepState.Succeeded, 2) }),
        ];

        Assert.Equal(0, await RunAsync());
        Assert.Equal(2, _sweeps.Calls.Count(call => call == "watch s-1"));
        Assert.Contains("trial 1 lr=0.01: epoch 1/4", _terminal.Output, StringComparison.Ordinal);
        Assert.Contains("trial 1 lr=0.01: epoch 4/4", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StreamThatEndsBeforeTheSweep_IsOpenedAgain()
    {
        _sweeps.Watches =
        [
            new WatchScript(Breaks: false, Samples.Event(Samples.Sweep(SweepState.Running, 2))),
            new WatchScript(Breaks: false, Samples.Event(_sweeps.Sweep)),
        ];

        Assert.Equal(0, await RunAsync());
        Assert.Equal(2, _sweeps.Calls.Count(call => call == "watch s-1"));
    }

    [Fact]
    public async Task List_ASilosSweeps_HasOneLineEach()
    {
        Assert.Equal(0, await _terminal.RunAsync("sweep", "list", "--silo", _server!.Address, "--limit", "7"));

        Assert.Contains("list 7", _sweeps.Calls);
        Assert.Single(_terminal.Output.Split('\n'), line => line.Contains("s-1", StringComparison.Ordinal)
            && line.Contains("succeeded", StringComparison.Ordinal) && line.Contains("2/2", StringComparison.Ordinal)
            && line.Contains("valid-accuracy 0.8750", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_ByName_PrintsTheLeaderboard()
    {
        Assert.Equal(0, await SteerAsync("show", "s"));

        Assert.Equal(["2", "1"], Leaders());
    }

    [Fact]
    public async Task Show_ATrial_PrintsItsVerdictItsEvidenceAndItsLayers()
    {
        _sweeps.Sweep.Trials[0].With(LayerHealth.Dead, "1 of 2 layers dead; relu1: all idle.").Metrics["found-learning-rate"] = 0.0251;
        _sweeps.Measured = new CurvesReply
        {
            Steps =
            {
                new StepMetrics
                {
                    Step = 40,
                    Layers =
                    {
                        new LayerStatistics
                        {
                            Layer = "conv1",
                            Kind = "Conv2d",
                            Mean = 0.5,
                            StandardDeviation = 2,
                            GradientNorm = 4,
                            WeightNorm = 8,
                            UpdateRatio = 0.0015,
                            Health = LayerHealth.Healthy,
                        },
                        new LayerStatistics { Layer = "relu1", Kind = "ReLU", NearZero = 1, Health = LayerHealth.Dead, Evidence = "all idle" },
                    },
                },
                new StepMetrics { Step = 41 },
            },
        };
        int number = _sweeps.Sweep.Trials[0].Number;

        Assert.Equal(0, await SteerAsync("show", $"s/{number}"));

        Assert.Contains($"curves s-1/{number:0000}", _sweeps.Calls);
        Assert.Contains("layers dead: 1 of 2 layers dead; relu1: all idle.", _terminal.Output, StringComparison.Ordinal);
        Assert.Contains("learning rate found: 0.0251", _terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Layers at step 40:", _terminal.Output, StringComparison.Ordinal);
        Assert.Contains("relu1 dead: all idle", _terminal.Output, StringComparison.Ordinal);
        Assert.Matches(@"conv1 +Conv2d +0\.5000 +2\.0000 +0\.0000 +4\.0000 +8\.0000 +0\.0015 +healthy", _terminal.Output);
        Assert.Matches(@"relu1 +ReLU +0\.0000 +0\.0000 +1\.0000 +- +- +- +dead", _terminal.Output);
    }

    [Fact]
    public async Task Show_ATrialThatIsNot_SaysWhichThereAre()
    {
        Assert.Equal(1, await SteerAsync("show", "s/77"));

        Assert.Contains("s-1 has no trial 77; its trials are 1 to 2.", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_NoTrialsNumber_IsUsage()
    {
        Assert.Equal(2, await SteerAsync("show", "s/first"));

        Assert.Contains("'s/first' names no trial", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("pause")]
    public async Task Steer_ByName_AsksTheSiloAndPrintsTheState(string verb)
    {
        Assert.Equal(0, await SteerAsync(verb, "s"));

        Assert.Equal([$"{verb} s"], _sweeps.Calls);
        Assert.Equal("s-1: succeeded", _terminal.Output.TrimEnd());
    }

    [Theory]
    [InlineData("show")]
    [InlineData("stop")]
    [InlineData("pause")]
    public async Task Steer_UnknownSweep_NamesTheNearestAndFails(string verb)
    {
        Assert.Equal(1, await SteerAsync(verb, "t"));

        Assert.Contains("the nearest is 's-1'", _terminal.Error, StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] more) => _terminal.RunAsync(
    [
        "sweep", "run", _folder.Write("sweep.yaml", Samples.SweepFile),
        "--silo", _server!.Address, "--state", _folder.File("state"), .. more,
    ]);

    private Task<int> SteerAsync(string verb, string sweep) =>
        _terminal.RunAsync("sweep", verb, sweep, "--silo", _server!.Address, "--state", _folder.File("state"));

    // The trials' column of the lines that begin with a place.
    private IEnumerable<string> Leaders() => _terminal.Output.Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(cells => cells.Length > 2 && int.TryParse(cells[0], out _))
        .Select(cells => cells[1]);
}
