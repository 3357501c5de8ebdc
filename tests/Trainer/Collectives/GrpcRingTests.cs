using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

public sealed class GrpcRingTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task AllReduceAsync_AnyLength_IsTheSumAndTheSameEverywhere(int worldSize, bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(worldSize, RingHarness.Lanes(sharedMemory));
        foreach (var length in CollectiveSuite.Lengths) await CollectiveSuite.SumsAsync(ring.Ranks, length);
    }

    // A ring whose ranks reach each other through shared memory opens no second stream.
    [Theory]
    [InlineData(2, 4, false)]
    [InlineData(3, 2, false)]
    [InlineData(4, 3, false)]
    [InlineData(3, 2, true)]
    public async Task AllReduceAsync_SeveralStreams_IsTheSameSumInTheSameOrder(int worldSize, int streams, bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(worldSize, RingHarness.Lanes(sharedMemory) with { Streams = streams });
        foreach (var length in CollectiveSuite.Lengths) await CollectiveSuite.SumsAsync(ring.Ranks, length);
        await CollectiveSuite.BroadcastsAsync(ring.Ranks, 1_000_001);
        await CollectiveSuite.GathersAsync(ring.Ranks, 100_000);
    }

    [Fact]
    public async Task JoinAsync_RanksThatOpenOtherNumbersOfStreams_AreRefused()
    {
        await using var ring = new RingHarness();
        await ring.ServeAsync([RingHarness.Lanes(sharedMemory: false), RingHarness.Lanes(sharedMemory: false) with { Streams = 2 }]);

        var error = await Assert.ThrowsAsync<CollectiveException>(ring.JoinAsync);

        Assert.Matches("the caller opens (1|2) streams, this attempt's ranks open (2|1)", error.Message);
    }

    [Fact]
    public async Task AllReduceAsync_SeveralStreamsAndARankGone_EndsOnAllOthersNamingIt()
    {
        await using var ring = await RingHarness.StartAsync(3, RingHarness.Lanes(sharedMemory: false) with { Streams = 3 });
        var sums = ring.Ranks.Where(rank => rank.Rank != 1)
            .Select(rank => rank.AllReduceAsync(new float[400_000], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None)).ToArray();

        await ring.LoseAsync(1);

        foreach (var sum in sums)
        {
            var error = await Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.True(error.Message.Contains("Rank 1", StringComparison.Ordinal), error.Message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllReduceAsync_ManySmall_StayInStep(bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(3, RingHarness.Lanes(sharedMemory));
        for (var i = 0; i < 200; i++) await CollectiveSuite.SumsAsync(ring.Ranks, 1 + i % 5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Broadcast_FromRankZero_ReachesAll(bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(3, RingHarness.Lanes(sharedMemory));
        foreach (var length in new[] { 0, 1, 262_144, 1_000_001 }) await CollectiveSuite.BroadcastsAsync(ring.Ranks, length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Barrier_OneRankMissing_HoldsTheOthers(bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(3, RingHarness.Lanes(sharedMemory));
        await CollectiveSuite.WaitsForTheLastAsync(ring.Ranks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_AfterTheLastCollective_BreaksNobody(bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(3, RingHarness.Lanes(sharedMemory));
        // Each leaves as soon as its own barrier has ended, while others may still be in theirs.
        await RingHarness.AllAsync(ring.Ranks, async rank =>
        {
            await rank.BarrierAsync(RingHarness.Patience, CancellationToken.None);
            await rank.DisposeAsync();
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllReduceAsync_RankGone_EndsOnAllOthersNamingIt(bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(4, RingHarness.Lanes(sharedMemory));
        var sums = ring.Ranks.Where(rank => rank.Rank != 2)
            .Select(rank => rank.AllReduceAsync(new float[200_000], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None)).ToArray();

        await ring.LoseAsync(2);

        foreach (var sum in sums)
        {
            var error = await Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.True(error.Message.Contains("Rank 2", StringComparison.Ordinal), error.Message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllReduceAsync_StuckRank_EndsWhenThePatienceDoes(bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(3, RingHarness.Lanes(sharedMemory));
        var patience = TimeSpan.FromMilliseconds(300);

        var sums = ring.Ranks.Take(2).Select(rank => rank.AllReduceAsync(new float[8], ReduceKind.Sum, patience, CancellationToken.None)).ToArray();

        foreach (var sum in sums)
        {
            var error = await Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(RingHarness.Patience));
            Assert.True(error.Message.Contains("it is stuck", StringComparison.Ordinal), error.Message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Abort_OnOneRank_EndsTheOthersWithItsReason(bool sharedMemory)
    {
        await using var ring = await RingHarness.StartAsync(3, RingHarness.Lanes(sharedMemory));
        var waiting = ring.Ranks[0].BarrierAsync(RingHarness.Patience, CancellationToken.None);

        ring.Ranks[2].Abort("the disk is full");

        var error = await Assert.ThrowsAsync<CollectiveException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.True(error.Message.Contains("Rank 2 gave up: the disk is full", StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public async Task JoinAsync_NeighbourNeverComes_NamesItWithinTheDeadline()
    {
        await using var ring = new RingHarness();
        await ring.ServeAsync(2, new RingOptions { ConnectDeadline = TimeSpan.FromSeconds(1) });
        // Nobody listens there: the port was free a moment ago and is given back.
        var gone = await CollectiveHost.StartAsync(RingHarness.Member(1, 2), "127.0.0.1", new RingOptions(), CancellationToken.None);
        var endpoint = gone.Endpoint;
        await gone.DisposeAsync();

        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => ring.Hosts[0].JoinAsync([ring.Hosts[0].Endpoint, endpoint], TimeProvider.System, CancellationToken.None));

        Assert.True(error.Message.Contains($"Rank 1 at {endpoint}", StringComparison.Ordinal), error.Message);
    }
}
