using System.Diagnostics;
using Granary.Trainer.Tests.Collectives;
using Granary.V1;

namespace Granary.Trainer.Tests.Worker;

/// <summary>A rank of a training gang is lost; ranks are worker processes.</summary>
public sealed class LostWorkerTests
{
    private const int Forever = 5000;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(Fault.Kill, 0)]
    [InlineData(Fault.Freeze, 1)]
    public async Task Worker_OtherRankLostWhileTraining_EndsNamingIt(Fault fault, int lost)
    {
        using var harness = new WorkerHarness(Forever);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory { WorldSize = 2 });
        var ranks = new[] { harness.Start(rank: 0, worldSize: 2), harness.Start(rank: 1, worldSize: 2) };
        Assert.True(await silo.Memory.Reported.WaitAsync(Soon));

        Lose(ranks[lost], fault);

        await EndsNamingAsync(ranks[1 - lost], lost);
    }

    // Rank 0 stores a checkpoint and waits for the silo's answer; rank 1 waits for rank 0.
    [Theory]
    [InlineData(Fault.Kill, 1)]
    [InlineData(Fault.Freeze, 0)]
    [InlineData(Fault.Freeze, 1)]
    public async Task Worker_OtherRankLostAtACheckpoint_EndsNamingIt(Fault fault, int lost)
    {
        using var harness = new WorkerHarness(Forever);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory { WorldSize = 2, SilentFrom = 1 });
        var ranks = new[] { harness.Start(rank: 0, worldSize: 2), harness.Start(rank: 1, worldSize: 2) };
        Assert.True(await silo.Memory.Ignored.WaitAsync(Soon));

        Lose(ranks[lost], fault);

        await EndsNamingAsync(ranks[1 - lost], lost);
    }

    [Fact]
    public async Task Worker_RankKilled_GangGoesOnFromTheCheckpointBitForBit()
    {
        using var harness = new WorkerHarness(epochs: 6);
        await using var undisturbed = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory { WorldSize = 2 });
        await RunAsync(harness);
        var disturbed = new SiloMemory { WorldSize = 2, SilentFrom = 3 };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, disturbed);
        var ranks = new[] { harness.Start(rank: 0, worldSize: 2), harness.Start(rank: 1, worldSize: 2) };
        Assert.True(await disturbed.Ignored.WaitAsync(Soon));
        ranks[1].Kill();
        await EndsNamingAsync(ranks[0], 1);

        disturbed.Joined.Clear();
        disturbed.SilentFrom = int.MaxValue;
        await RunAsync(harness, disturbed);

        // Epochs 1 and 2 of the lost attempt, the others of the next one.
        Assert.Equal(undisturbed.Memory.Epochs.Select(Curve), disturbed.Epochs.Select(Curve));
    }

    private static (int Epoch, double TrainLoss, double ValidLoss, string Weights) Curve(EpochReport report) =>
        (report.Epoch, report.Metrics["train-loss"], report.Metrics["valid-loss"], report.Checkpoint.Weights);

    private static async Task RunAsync(WorkerHarness harness, SiloMemory? goOn = null)
    {
        var checkpoint = goOn?.Epochs.Last().Checkpoint;
        var ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(
            rank => WorkerHarness.EndAsync(harness.Start(rank, 2, checkpoint))));
        Assert.All(ends, end => Assert.True(end.Code == 0, end.Error));
    }

    private static void Lose(Process rank, Fault fault)
    {
        if (fault == Fault.Kill) rank.Kill();
        else Signals.Stop(rank);
    }

    private static async Task EndsNamingAsync(Process survivor, int lost)
    {
        var (code, error) = await WorkerHarness.EndAsync(survivor);
        Assert.True(code == 1, $"{code}: {error}");
        Assert.Contains($"Rank {lost} on node-{lost} ", error.Split('\n')[^1], StringComparison.Ordinal);
    }
}
