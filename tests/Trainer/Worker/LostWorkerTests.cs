using System.Diagnostics;
using Granary.Specs;
using Granary.Trainer.Tests.Collectives;
using Granary.Trainer.Tests.Runs;

namespace Granary.Trainer.Tests.Worker;

/// <summary>A rank of a training gang is lost and not replaced; ranks are worker processes.</summary>
public sealed class LostWorkerTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    private const int Forever = 5000;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly ParallelSpec NotReplaced = new() { Reform = 0 };

    // Two ranks that are cut off from each other know no more than that; of three, one is lost.
    [Theory]
    [InlineData(Fault.Kill, 0, 2)]
    [InlineData(Fault.Kill, 1, 2)]
    [InlineData(Fault.Freeze, 0, 2)]
    [InlineData(Fault.Freeze, 1, 2)]
    [InlineData(Fault.Cut, 0, 3)]
    [InlineData(Fault.Cut, 1, 3)]
    [InlineData(Fault.Cut, 2, 3)]
    public Task Worker_OtherRankLostWhileTraining_EndsNamingIt(Fault fault, int lost, int worldSize) =>
        LoseAsync(fault, lost, new SiloMemory(worldSize), memory => memory.Reported);

    // Rank 0 stores a checkpoint and waits for the silo's answer; the others wait for rank 0.
    [Theory]
    [InlineData(Fault.Kill, 0, 2)]
    [InlineData(Fault.Kill, 1, 2)]
    [InlineData(Fault.Freeze, 0, 2)]
    [InlineData(Fault.Freeze, 1, 2)]
    [InlineData(Fault.Cut, 0, 3)]
    [InlineData(Fault.Cut, 1, 3)]
    [InlineData(Fault.Cut, 2, 3)]
    public Task Worker_OtherRankLostAtACheckpoint_EndsNamingIt(Fault fault, int lost, int worldSize) =>
        LoseAsync(fault, lost, new SiloMemory(worldSize) { SilentFrom = 1 }, memory => memory.Ignored);

    // A step of twelve batches takes seconds, and the ranks say nothing to each other before its end; the report of the first one is there
    // before the second one has got far.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Worker_OtherRankKilledWhileComputing_EndsNamingItBeforeTheStepEnds(int lost)
    {
        using var network = new RankNetwork();
        using var harness = new WorkerHarness(new SmallRun
        {
            Model = "resnet18",
            Batch = 4,
            Data = new DataSpec { Set = "fashion-mnist", Resize = 128 },
            Train = new TrainSpec { LearningRate = 0.01, Accumulate = 12, Epochs = Forever, WatchEvery = 0 },
        })
        {
            Parallel = NotReplaced,
        };
        var memory = new SiloMemory(2);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, memory);
        var ranks = harness.StartGang(2);
        Assert.True(await memory.Stepped.WaitAsync(Soon));

        Lose(ranks, network, lost, Fault.Kill);

        var error = (await OthersEndNamingAsync(ranks, lost)).Single();
        Assert.Matches(@"\(during step \d+\)$", error);
    }

    [Theory]
    [InlineData(Fault.Kill, 1)]
    [InlineData(Fault.Freeze, 0)]
    [InlineData(Fault.Cut, 1)]
    public async Task Worker_RankLost_GangGoesOnFromTheCheckpointBitForBit(Fault fault, int lost)
    {
        using var network = new RankNetwork();
        using var harness = new WorkerHarness(UndisturbedRun.Epochs) { Parallel = NotReplaced };
        var disturbed = new SiloMemory(2) { SilentFrom = 3 };
        disturbed.Meeting.Network = network;
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, disturbed);
        var ranks = harness.StartGang(2);
        Assert.True(await disturbed.Ignored.WaitAsync(Soon));
        Lose(ranks, network, lost, fault);
        await OthersEndNamingAsync(ranks, lost);

        (disturbed.SilentFrom, disturbed.Meeting) = (int.MaxValue, new RingMeeting(2));
        await harness.FinishAsync(worldSize: 2, disturbed.Epochs.Last().Checkpoint);

        // Epochs 1 and 2 of the lost attempt, the others of the next one.
        Assert.Equal(UndisturbedRun.Epochs, undisturbed.Curve.Count);
        Assert.Equal(undisturbed.Curve, disturbed.Curve);
    }

    private static async Task LoseAsync(Fault fault, int lost, SiloMemory memory, Func<SiloMemory, SemaphoreSlim> ready)
    {
        using var network = new RankNetwork();
        memory.Meeting.Network = network;
        using var harness = new WorkerHarness(Forever) { Parallel = NotReplaced };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, memory);
        var ranks = harness.StartGang(memory.WorldSize);
        Assert.True(await ready(memory).WaitAsync(Soon));

        Lose(ranks, network, lost, fault);

        await OthersEndNamingAsync(ranks, lost);
    }

    private static void Lose(Process[] ranks, RankNetwork network, int lost, Fault fault)
    {
        if (fault == Fault.Kill) ranks[lost].Kill();
        else if (fault == Fault.Freeze) Signals.Stop(ranks[lost]);
        else network.Cut(lost);
    }

    private static async Task<List<string>> OthersEndNamingAsync(Process[] ranks, int lost)
    {
        List<string> errors = [];
        foreach (var survivor in ranks.Where((_, rank) => rank != lost))
        {
            var (code, error) = await WorkerHarness.EndAsync(survivor);
            Assert.True(code == 1, $"{code}: {error}");
            errors.Add(error.Split('\n')[^1]);
            Assert.Contains($"Rank {lost} on node-{lost} ", errors[^1], StringComparison.Ordinal);
        }

        return errors;
    }
}
