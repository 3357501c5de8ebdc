using Granary.EndToEnd.Tests.Support;
using Granary.V1;

namespace Granary.EndToEnd.Tests;

/// <summary>Processes die without warning; nothing that was reported is lost and nothing runs twice.</summary>
[Collection("whole machine")]
public sealed class KillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task KillEverything_ThenTheSameCommand_ContinuesTheSweep()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("long.yaml", SweepFiles.Long);
        Sweep before;
        await using (GranaryCommand command = Start(folder, file))
        {
            using Silo silo = await Silo.FindAsync(folder.Path);
            before = await Until.NotNullAsync("a finished trial and a running one with an epoch", Patience, async () =>
                await silo.GetAsync("long-1") is { } sweep && sweep.Trials.Any(Succeeded) && sweep.Trials.Any(Interrupted) ? sweep : null);
            await command.KillEverythingAsync();
        }

        await using GranaryCommand again = Start(folder, file);
        int exitCode = await again.ExitAsync(Patience);

        Assert.True(exitCode == 0, again.Output);
        Assert.Contains("going on with long-1", again.Output, StringComparison.Ordinal);
        Assert.Contains("long-1: succeeded, 4 of 4 trials ended", again.Output, StringComparison.Ordinal);
        await AssertContinuedAsync(folder, file, before);
    }

    [Fact]
    public async Task KillSilo_WhileTheCommandRuns_TheSweepStillSucceeds()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("small.yaml", SweepFiles.Small);
        await using GranaryCommand command = Start(folder, file);
        using (Silo silo = await Silo.FindAsync(folder.Path))
        {
            await Until.TrueAsync("a running trial", Patience, async () =>
                (await silo.GetAsync("small-1"))?.Trials.Any(trial => trial.State == TrialState.Running) == true);
        }

        int pid = int.Parse(await GranaryCommand.RecordAsync(folder.Path, "silo", "pid"), System.Globalization.CultureInfo.InvariantCulture);
        System.Diagnostics.Process.GetProcessById(pid).Kill();
        int exitCode = await command.ExitAsync(Patience);

        Assert.True(exitCode == 0, command.Output);
        Assert.Contains("small-1: succeeded, 3 of 3 trials ended", command.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_WhileTrialsRun_PausesAndSaysHowToGoOn()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("long.yaml", SweepFiles.Long);
        await using (GranaryCommand command = Start(folder, file))
        {
            using Silo silo = await Silo.FindAsync(folder.Path);
            await Until.TrueAsync("a running trial", Patience, async () =>
                (await silo.GetAsync("long-1"))?.Trials.Any(trial => trial.State == TrialState.Running) == true);
            command.Signal(2);

            int exitCode = await command.ExitAsync(Patience);

            Assert.True(exitCode == 130, command.Output);
            Assert.Contains($"long-1 is paused; `granary sweep run {file}` goes on where it stands.", command.Output, StringComparison.Ordinal);
        }

        (_, string list) = await GranaryCommand.RunAsync(folder.Path, Patience, "sweep", "list");
        Assert.Matches("long-1 +paused", list);
    }

    private static async Task AssertContinuedAsync(TemporaryFolder folder, string file, Sweep before)
    {
        await using GranaryCommand up = GranaryCommand.Start(folder.Path, "up", "--devices", "cpu:1", "--http", "127.0.0.1:0");
        using Silo silo = await Silo.FindAsync(folder.Path);
        Sweep after = await Until.NotNullAsync("the finished sweep", Patience, () => silo.GetAsync("long-1"));

        Assert.Equal(Enumerable.Range(1, 4), after.Trials.Select(trial => trial.Number));
        foreach (Trial finished in before.Trials.Where(Succeeded))
        {
            Assert.Equal(Settled(finished), Settled(after.Trials[finished.Number - 1]));
        }

        foreach (Trial interrupted in before.Trials.Where(Interrupted))
        {
            Trial continued = after.Trials[interrupted.Number - 1];
            Assert.True(continued.Attempt > interrupted.Attempt);
            Assert.Equal(interrupted.History, continued.History.Take(interrupted.History.Count));
            Assert.Equal(6, continued.History.Count);
        }
    }

    private static bool Succeeded(Trial trial) => trial.State == TrialState.Succeeded;

    // A trial that has ended may still hold its devices for a moment; giving them back is its last change.
    private static Trial Settled(Trial trial)
    {
        Trial settled = trial.Clone();
        settled.Devices.Clear();
        settled.Version = 0;
        return settled;
    }

    private static bool Interrupted(Trial trial) => trial is { State: TrialState.Running, EpochsDone: > 0 and < 5 };

    private static GranaryCommand Start(TemporaryFolder folder, string file) =>
        GranaryCommand.Start(folder.Path, "sweep", "run", file, "--devices", "cpu:2", "--http", "127.0.0.1:0");
}
