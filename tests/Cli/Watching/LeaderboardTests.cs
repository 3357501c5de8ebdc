using Granary.Cli.Tests.Commands;
using Granary.Cli.Watching;
using Granary.V1;

namespace Granary.Cli.Tests.Watching;

public sealed class LeaderboardTests
{
    private readonly Terminal _terminal = new();

    [Fact]
    public void Write_Maximize_PutsTheLargestFirstAndWithoutResultLast() =>
        Assert.Equal(["3", "2", "4", "1", "5"], Order(maximize: true));

    [Fact]
    public void Write_Minimize_PutsTheSmallestFirstAndWithoutResultLast() =>
        Assert.Equal(["2", "4", "3", "1", "5"], Order(maximize: false));

    [Fact]
    public void Write_ManyTrials_PrintsTheFirstFiftyAndCountsTheRest()
    {
        Trial[] trials = [.. Enumerable.Range(1, 53).Select(number => Samples.Trial(number, TrialState.Succeeded, best: 1.0 / number))];

        Leaderboard.Write(
            _terminal.Console, Samples.Sweep(SweepState.Succeeded, 53), trials.Select(trial => new TrialProgress(trial, null)));

        Assert.Equal(50, Rows().Count());
        Assert.Contains("... and 3 more", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AFailedTrial_SaysWhyBelow()
    {
        Trial failed = Samples.Trial(1, TrialState.Failed);
        failed.Reason = "[CUDA] out of memory";

        Leaderboard.Write(_terminal.Console, Samples.Sweep(SweepState.Failed, 1), [new TrialProgress(failed, null)]);

        Assert.Contains("trial 1 failed: [CUDA] out of memory", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TrialsWithVerdicts_NamesThemAndGivesTheEvidenceBelow()
    {
        Trial[] trials =
        [
            Samples.Trial(1, TrialState.Succeeded, best: 0.75).With(LayerHealth.Healthy),
            Samples.Trial(2, TrialState.Succeeded, best: 0.5).With(LayerHealth.Dead, "1 of 9 layers dead; relu2: idle."),
            Samples.Trial(3, TrialState.Succeeded, best: 0.25),
        ];

        Leaderboard.Write(
            _terminal.Console, Samples.Sweep(SweepState.Succeeded, 3), trials.Select(trial => new TrialProgress(trial, null)));

        Assert.Equal(["healthy", "dead", "-"], Rows().Select(cells => cells[^2]));
        Assert.Contains("trial 2 dead: 1 of 9 layers dead; relu2: idle.", _terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("trial 1 ", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TrialsThatSearchedForTheirRate_ShowsIt()
    {
        Trial found = Samples.Trial(1, TrialState.Succeeded, best: 0.75);
        found.Metrics["found-learning-rate"] = 0.0251;

        Leaderboard.Write(_terminal.Console, Samples.Sweep(SweepState.Succeeded, 1), [new TrialProgress(found, null)]);

        Assert.Equal("0.0251", Rows().Single()[^2]);
        Assert.Contains("lr found", _terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TrialsWithoutVerdictsAndRates_HasNoColumnsForThem()
    {
        Trial plain = Samples.Trial(1, TrialState.Succeeded, best: 0.75);

        Leaderboard.Write(_terminal.Console, Samples.Sweep(SweepState.Succeeded, 1), [new TrialProgress(plain, null)]);

        Assert.DoesNotContain("lr found", _terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("layers", _terminal.Output, StringComparison.Ordinal);
    }

    // Trial 1 diverged, 5 has no result; 2 and 4 tie.
    private IEnumerable<string> Order(bool maximize)
    {
        Sweep sweep = Samples.Sweep(SweepState.Succeeded, 5);
        sweep.Objective.Maximize = maximize;
        Trial[] trials =
        [
            Samples.Trial(5, TrialState.Failed),
            Samples.Trial(4, TrialState.Succeeded, best: 0.25),
            Samples.Trial(3, TrialState.Succeeded, best: 0.75),
            Samples.Trial(2, TrialState.Succeeded, best: 0.25),
            Samples.Trial(1, TrialState.Succeeded, best: double.NaN),
        ];
        Leaderboard.Write(_terminal.Console, sweep, trials.Select(trial => new TrialProgress(trial, null)));
        return Rows().Select(cells => cells[1]);
    }

    private IEnumerable<string[]> Rows() => _terminal.Output.Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(cells => cells.Length > 2 && int.TryParse(cells[0], out _));
}
