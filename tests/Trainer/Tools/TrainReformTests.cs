using System.Diagnostics;

namespace Granary.Trainer.Tests.Tools;

/// <summary>A rank of <c>granary train --ranks N</c> is lost, another takes its place, and the others go on from what they hold in memory.</summary>
public sealed class TrainReformTests
{
    private const int Epochs = 20;

    // A machine on which many tests run at once may leave a process without a core for longer than the default.
    private const string Patient = "--set=silence=60";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    public async Task Train_RankKilledInMidEpoch_GoesOnBitForBitWithTheOthersInPlace(int ranks, int victim)
    {
        using var harness = new TrainHarness(Epochs);
        string[] options = [Patient, "--ranks", $"{ranks}"];
        (int undisturbed, _, string first) = await harness.RunAsync("undisturbed", options);
        Assert.True(undisturbed == 0, first);
        Process train = harness.Start("disturbed", options);
        // What is trained, the columns, and an epoch.
        await TrainHarness.AwaitEpochsAsync(train, 3);
        int[] before = RankProcesses.Of(train);

        await RankProcesses.SignalAsync("KILL", before[victim]);
        Assert.Contains(
            $"Rank {victim + 1} was killed by signal 9 (exit code 137): a new process takes its place.", await LineAsync(train), StringComparison.Ordinal);
        string together = await LineAsync(train);
        int[] after = RankProcesses.Of(train);
        (int code, _, string error) = await TrainHarness.EndAsync(train);

        Assert.Contains("The ranks are together again and go on from step ", together, StringComparison.Ordinal);
        Assert.True(code == 0, error);
        Assert.Equal(ranks - 1, after.Length);
        Assert.Equal(before.Where((_, i) => i != victim), after.Intersect(before));
        Assert.Equal(harness.History("undisturbed"), harness.History("disturbed"));
        Assert.Equal(harness.LastWeightsHash("undisturbed"), harness.LastWeightsHash("disturbed"));
    }

    [Fact]
    public async Task Train_RankFrozen_IsReplacedAndTheRunEndsBitForBit()
    {
        using var harness = new TrainHarness(Epochs);
        Assert.Equal(0, (await harness.RunAsync("undisturbed", "--ranks", "2", Patient)).Code);
        Process train = harness.Start("disturbed", "--ranks", "2", "--set=silence=5", "--set=reform=20");
        await TrainHarness.AwaitEpochsAsync(train, 3);

        await RankProcesses.SignalAsync("STOP", RankProcesses.Of(train)[0]);
        string frozen = await LineAsync(train);
        (int code, _, string error) = await TrainHarness.EndAsync(train);

        Assert.Contains("Rank 1 is frozen: a new process takes its place.", frozen, StringComparison.Ordinal);
        Assert.True(code == 0, error);
        Assert.Equal(harness.LastWeightsHash("undisturbed"), harness.LastWeightsHash("disturbed"));
    }

    // What the first rank alone knows, nobody can bring back: the run goes on from its checkpoint.
    [Fact]
    public async Task Train_FirstRankKilled_GoesOnFromTheCheckpointBitForBit()
    {
        using var harness = new TrainHarness(Epochs);
        Assert.Equal(0, (await harness.RunAsync("undisturbed", "--ranks", "2", Patient)).Code);
        Process train = harness.Start("disturbed", "--ranks", "2", Patient);
        await TrainHarness.AwaitEpochsAsync(train, 3);
        int[] others = RankProcesses.Of(train);

        await RankProcesses.SignalAsync("KILL", train.Id);
        await TrainHarness.EndAsync(train);
        (int code, _, string error) = await harness.RunAsync("disturbed", "--ranks", "2", Patient, "--resume");

        Assert.True(code == 0, error);
        Assert.All(others, other => Assert.False(Directory.Exists($"/proc/{other}")));
        Assert.Equal(harness.LastWeightsHash("undisturbed"), harness.LastWeightsHash("disturbed"));
    }

    private static async Task<string> LineAsync(Process train)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await train.StandardError.ReadLineAsync(deadline.Token) ?? "standard error has ended";
    }
}
