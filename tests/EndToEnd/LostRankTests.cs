using Granary.EndToEnd.Tests.Support;
using Granary.V1;

namespace Granary.EndToEnd.Tests;

/// <summary>A trial on two devices loses its second worker: another takes its place, and nothing is trained twice or otherwise.</summary>
[Collection("whole machine")]
public sealed class LostRankTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Results = ["train-loss", "train-accuracy", "valid-loss", "valid-accuracy"];

    // The points differ in something that changes no number, so all trials have one curve: the first one's, which nobody disturbs.
    [Fact]
    public async Task Worker_KilledAndFrozen_TheTrialsGoOnInTheirAttemptBitForBit()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("pair.yaml", SweepFiles.Pair);
        await using GranaryCommand command =
            GranaryCommand.Start(folder.Path, "sweep", "run", file, "--devices", "cpu:2", "--http", "127.0.0.1:0");
        using Silo silo = await Silo.FindAsync(folder.Path);

        await LoseAsync(silo, command, trial: 2, signal: 9);
        await LoseAsync(silo, command, trial: 3, signal: 19);
        Sweep sweep = await Until.NotNullAsync("the last trial's last epoch", Patience, async () =>
            await silo.GetAsync("pair-1") is { Trials.Count: 3 } seen && seen.Trials.All(one => one.EpochsDone == 4) ? seen : null);
        int exitCode = await command.ExitAsync(Patience);

        Assert.True(exitCode == 0, command.Output);
        Assert.All(sweep.Trials, trial => Assert.Equal(1, trial.Attempt));
        Assert.All(sweep.Trials, trial => Assert.Equal(Curve(sweep.Trials[0]), Curve(trial)));
    }

    private static async Task LoseAsync(Silo silo, GranaryCommand command, int trial, int signal)
    {
        await Until.TrueAsync($"an epoch of trial {trial}", Patience, async () =>
            await silo.GetAsync("pair-1") is { } sweep && sweep.Trials.Any(one => one.Number == trial && one.EpochsDone is 1 or 2));
        int[] ranks = [Worker(command, "1-0"), Worker(command, "1-1")];

        GranaryCommand.Signal(ranks[1], signal);

        await Until.TrueAsync("another worker", Patience, () => Task.FromResult(Find(command, "1-1-1") is not null));
        Assert.Equal(ranks[0], Worker(command, "1-0"));
        Assert.Null(Find(command, "2-0"));
    }

    private static int Worker(GranaryCommand command, string rank) =>
        Find(command, rank) ?? throw new InvalidOperationException($"No worker runs in a folder {rank}. {command.Output}");

    // A worker's folder is named for its attempt, its rank and, above 0, its start.
    private static int? Find(GranaryCommand command, string rank) => GranaryCommand.Descendants(command.Id)
        .Where(process => Folder(process) is { } folder && Path.GetFileName(folder) == rank)
        .Select(process => (int?)process)
        .FirstOrDefault();

    private static string? Folder(int process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/cwd").LinkTarget;
        }
        catch (IOException)
        {
            // It ended while we looked.
            return null;
        }
    }

    private static IEnumerable<string> Curve(Trial trial) => trial.History.Select(epoch =>
        FormattableString.Invariant($"{epoch.Epoch} {epoch.Step} {string.Join(' ', Results.Select(name => epoch.Values[name]))}"));
}
