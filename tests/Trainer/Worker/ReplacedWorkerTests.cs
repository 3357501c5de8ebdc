using System.Diagnostics;
using Granary.Trainer.Tests.Collectives;

namespace Granary.Trainer.Tests.Worker;

/// <summary>
/// A rank of a training gang is lost, and another worker takes its place; ranks are worker processes, the test is their silo and their agents.
/// </summary>
public sealed class ReplacedWorkerTests(UndisturbedGangs undisturbed) : IClassFixture<UndisturbedGangs>
{
    private const string Together = "The ranks are together again and go on from step ";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    // The last report waits until all are together again: no rank is lost too late.
    [Theory]
    [InlineData(Fault.Kill, 1, 2)]
    [InlineData(Fault.Freeze, 2, 3)]
    [InlineData(Fault.Cut, 1, 3)]
    public Task Worker_OtherRankLostWhileTraining_GoesOnInPlaceBitForBit(Fault fault, int lost, int worldSize) =>
        LoseAsync(fault, lost, new SiloMemory(worldSize) { SilentFrom = UndisturbedGangs.Epochs }, memory => memory.Reported);

    // Rank 0 has stored a checkpoint, and waits for the silo's answer; the others wait for rank 0. After the last one no epoch follows.
    [Theory]
    [InlineData(Fault.Kill, 1, 3, 3)]
    [InlineData(Fault.Freeze, 1, 2, UndisturbedGangs.Epochs)]
    [InlineData(Fault.Cut, 2, 3, 3)]
    public Task Worker_OtherRankLostAtAReport_GoesOnInPlaceBitForBit(Fault fault, int lost, int worldSize, int epoch) =>
        LoseAsync(fault, lost, new SiloMemory(worldSize) { SilentFrom = epoch }, memory => memory.Ignored);

    // The first one to take the lost rank's place is gone before it has joined, and the silo gives its ring up; the second one while it trains.
    [Fact]
    public async Task Worker_ReplacementsLostToo_GoesOnInTheRingThatTheSiloNames()
    {
        using var harness = new WorkerHarness(UndisturbedGangs.Epochs);
        var memory = new SiloMemory(2) { SilentFrom = 3 };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, memory);
        var ranks = harness.StartGang(2);
        Assert.True(await memory.Ignored.WaitAsync(Soon));
        ranks[1].Kill();
        var asked = await memory.Meeting.AskedAsync(rank: 0, after: 0);

        memory.Meeting.Replace(rank: 1, start: 1);
        harness.Replace(1, 2, start: 1, asked.Ring).Kill();
        memory.Meeting.MoveOn();
        var again = await memory.Meeting.AskedAsync(rank: 0, after: asked.Ring);
        memory.Meeting.Replace(rank: 1, start: 2);
        var second = harness.Replace(1, 2, start: 2, again.Ring);
        await memory.Meeting.FormedAsync(again.Ring);
        memory.SilentFrom = 7;
        Assert.True(await memory.Ignored.WaitAsync(Soon));
        second.Kill();
        var last = await memory.Meeting.AskedAsync(rank: 0, after: again.Ring);
        memory.Meeting.Replace(rank: 1, start: 3);
        var third = harness.Replace(1, 2, start: 3, last.Ring);
        memory.SilentFrom = int.MaxValue;

        await FinishAsync(ranks[0], third);
        Assert.Equal(await undisturbed.CurveAsync(2), memory.Curve);
    }

    [Fact]
    public async Task Worker_WakesWhenAnotherHasItsPlace_EndsAndDisturbsNobody()
    {
        using var harness = new WorkerHarness(UndisturbedGangs.Epochs);
        var memory = new SiloMemory(2) { SilentFrom = 3 };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, memory);
        var ranks = harness.StartGang(2);
        Assert.True(await memory.Ignored.WaitAsync(Soon));
        Signals.Stop(ranks[1]);
        var asked = await memory.Meeting.AskedAsync(rank: 0, after: 0);
        memory.Meeting.Replace(rank: 1, start: 1);
        var another = harness.Replace(1, 2, start: 1, asked.Ring);
        await memory.Meeting.FormedAsync(asked.Ring);

        Signals.Continue(ranks[1]);
        var (code, error) = await WorkerHarness.EndAsync(ranks[1]);

        Assert.Equal(76, code);
        Assert.Contains("another worker is in this rank's place", error, StringComparison.Ordinal);
        memory.SilentFrom = int.MaxValue;
        await FinishAsync(ranks[0], another);
        Assert.Equal(await undisturbed.CurveAsync(2), memory.Curve);
    }

    [Fact]
    public async Task Worker_AskedToStopWhileItWaitsForAnother_LeavesOnRequest()
    {
        var (code, error) = await LoseAndAsync((_, survivor) => WorkerHarness.Terminate(survivor));

        Assert.True(code == 75, $"{code}: {error}");
    }

    [Fact]
    public async Task Worker_AttemptEndsWhileItWaitsForAnother_EndsAtOnce()
    {
        var (code, error) = await LoseAndAsync((memory, _) => memory.Meeting.Over = true);

        Assert.Equal(76, code);
        Assert.Contains("attempt 2 has begun", error, StringComparison.Ordinal);
    }

    private async Task LoseAsync(Fault fault, int lost, SiloMemory memory, Func<SiloMemory, SemaphoreSlim> ready)
    {
        var worldSize = memory.WorldSize;
        using var network = new RankNetwork();
        memory.Meeting.Network = network;
        using var harness = new WorkerHarness(UndisturbedGangs.Epochs);
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, memory);
        var ranks = harness.StartGang(worldSize);
        Assert.True(await ready(memory).WaitAsync(Soon));

        if (fault == Fault.Kill) ranks[lost].Kill();
        else if (fault == Fault.Freeze) Signals.Stop(ranks[lost]);
        else network.Cut(lost);
        var asked = await memory.Meeting.AskedAsync(rank: 0, after: 0);
        // Who is only cut off comes back by itself.
        if (fault == Fault.Freeze) ranks[lost].Kill();
        if (fault != Fault.Cut)
        {
            memory.Meeting.Replace(lost, start: 1);
            ranks[lost] = harness.Replace(lost, worldSize, start: 1, asked.Ring);
        }

        await memory.Meeting.FormedAsync(asked.Ring);
        memory.SilentFrom = int.MaxValue;

        await FinishAsync(ranks);
        Assert.Matches(@"Rank \d on node-\d ", asked.Lost);
        Assert.Equal(await undisturbed.CurveAsync(worldSize), memory.Curve);
    }

    private static async Task FinishAsync(params Process[] ranks)
    {
        var ends = await Task.WhenAll(ranks.Select(WorkerHarness.WatchAsync));
        Assert.All(ends, end => Assert.True(end.Code == 0, $"{end.Code}: {end.Error}"));
        Assert.All(ends, end => Assert.Contains(Together, end.Output, StringComparison.Ordinal));
    }

    private static async Task<(int Code, string Error)> LoseAndAsync(Action<SiloMemory, Process> then)
    {
        using var harness = new WorkerHarness(UndisturbedGangs.Epochs);
        var memory = new SiloMemory(2) { SilentFrom = 2 };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, memory);
        var ranks = harness.StartGang(2);
        Assert.True(await memory.Ignored.WaitAsync(Soon));
        ranks[1].Kill();
        await memory.Meeting.AskedAsync(rank: 0, after: 0);

        then(memory, ranks[0]);

        return await WorkerHarness.EndAsync(ranks[0]);
    }
}
