using System.Diagnostics;
using System.Text.Json;

namespace Granary.Trainer.Tests.Tools;

public sealed class TrainRanksTests
{
    // A machine on which many tests run at once may leave a process without a core for longer than the default.
    private const string Patient = "--set=silence=60";

    [Fact]
    public async Task Train_TwoRanks_TrainTogetherAndLeaveOneTimeline()
    {
        using var harness = new TrainHarness(epochs: 3);
        string timeline = harness.Folder("timeline.json");

        (int code, string output, string error) = await harness.RunAsync("run", Patient, "--ranks", "2", "--timeline", timeline);

        Assert.True(code == 0, error);
        Assert.Equal(3, harness.History("run").Length);
        Assert.Contains("2 ranks", output, StringComparison.Ordinal);
        Assert.Contains("milliseconds of a step:", output, StringComparison.Ordinal);
        using var trace = JsonDocument.Parse(await File.ReadAllBytesAsync(timeline));
        JsonElement[] events = [.. trace.RootElement.GetProperty("traceEvents").EnumerateArray()];
        foreach (int rank in new[] { 0, 1 })
        {
            JsonElement[] own = [.. events.Where(one => one.GetProperty("tid").GetInt32() == rank)];
            Assert.Equal($"rank {rank}", own[0].GetProperty("args").GetProperty("name").GetString());
            // 5 steps in each of 3 epochs, and a validation after each.
            Assert.Equal(
                [("backward", 15), ("forward", 15), ("load", 15), ("reduce", 15), ("update", 15), ("validate", 3)],
                own[1..].CountBy(one => one.GetProperty("name").GetString()!).Select(count => (count.Key, count.Value)).Order());
            double[] starts = [.. own[1..].Select(one => one.GetProperty("ts").GetDouble())];
            Assert.Equal(starts.Order(), starts);
        }

        Assert.Equal([timeline], Directory.GetFiles(Path.GetDirectoryName(timeline)!, "timeline.json*"));
    }

    [Fact]
    public async Task Train_TwoRanksInterruptedAndResumed_EndsBitForBitAsUndisturbed()
    {
        using var harness = new TrainHarness(epochs: 12);
        Assert.Equal(0, (await harness.RunAsync("undisturbed", Patient, "--ranks", "2")).Code);
        Process interrupted = harness.Start("disturbed", Patient, "--ranks", "2");
        // What is trained, the columns, and an epoch.
        await TrainHarness.AwaitEpochsAsync(interrupted, 3);

        await RankProcesses.SignalAsync("INT", interrupted.Id);
        (int code, string output, string error) = await TrainHarness.EndAsync(interrupted);

        Assert.True(code == 130, $"{code}: {error}");
        Assert.Contains("--ranks 2", output, StringComparison.Ordinal);
        Assert.Equal(0, (await harness.RunAsync("disturbed", Patient, "--ranks", "2", "--resume", "--quiet")).Code);
        Assert.Equal(harness.LastWeightsHash("undisturbed"), harness.LastWeightsHash("disturbed"));
        Assert.Equal(harness.History("undisturbed"), harness.History("disturbed"));
    }

    [Fact]
    public async Task Train_RankKilled_EndsAllWithItsExitCode()
    {
        using var harness = new TrainHarness(epochs: 10_000);
        Process train = harness.Start("run", Patient, "--json", "--set", "devices=3", "--set=reform=0");
        await TrainHarness.AwaitEpochsAsync(train, 1);
        int[] ranks = RankProcesses.Of(train);
        Assert.Equal(2, ranks.Length);

        await RankProcesses.SignalAsync("KILL", ranks[0]);
        (int code, _, string error) = await TrainHarness.EndAsync(train);

        Assert.Equal(1, code);
        Assert.Contains("rank 1 was killed by signal 9 (exit code 137)", error, StringComparison.Ordinal);
        Assert.All(ranks, rank => Assert.False(Directory.Exists($"/proc/{rank}")));
    }

    [Theory]
    [InlineData("--ranks=0", "--ranks is 0; expected 1 to 64 on one machine.")]
    [InlineData("--ranks=17", "a batch of 16 cannot be split over 17 ranks; expected data.batch of at least --ranks.")]
    public async Task Train_ImpossibleRanks_AreAUsageError(string argument, string message)
    {
        using var harness = new TrainHarness(epochs: 1);

        (int code, _, string error) = await harness.RunAsync("run", argument);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }
}
