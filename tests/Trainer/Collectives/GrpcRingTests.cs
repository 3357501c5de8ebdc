using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

public sealed class GrpcRingTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task SumAsync_AnyLength_IsTheSumAndTheSameEverywhere(int worldSize)
    {
        await using var ring = await RingHarness.StartAsync(worldSize);
        foreach (var length in CollectiveSuite.Lengths) await CollectiveSuite.SumsAsync(ring.Ranks, length);
    }

    [Fact]
    public async Task SumAsync_ManySmall_StayInStep()
    {
        await using var ring = await RingHarness.StartAsync(3);
        for (var i = 0; i < 200; i++) await CollectiveSuite.SumsAsync(ring.Ranks, 1 + i % 5);
    }

    [Fact]
    public async Task Broadcast_FromRankZero_ReachesAll()
    {
        await using var ring = await RingHarness.StartAsync(3);
        foreach (var length in new[] { 0, 1, 262_144, 1_000_001 }) await CollectiveSuite.BroadcastsAsync(ring.Ranks, length);
    }

    [Fact]
    public async Task Barrier_OneRankMissing_HoldsTheOthers()
    {
        await using var ring = await RingHarness.StartAsync(3);
        await CollectiveSuite.WaitsForTheLastAsync(ring.Ranks);
    }

    [Fact]
    public async Task Dispose_AfterTheLastCollective_BreaksNobody()
    {
        await using var ring = await RingHarness.StartAsync(3);
        // Each leaves as soon as its own barrier has ended, while others may still be in theirs.
        await RingHarness.AllAsync(ring.Ranks, async rank =>
        {
            await rank.BarrierAsync(RingHarness.Patience, CancellationToken.None);
            await rank.DisposeAsync();
        });
    }

    [Fact]
    public async Task SumAsync_RankGone_EndsOnAllOthersNamingIt()
    {
        await using var ring = await RingHarness.StartAsync(4);
        var sums = ring.Ranks.Where(rank => rank.Rank != 2)
            .Select(rank => rank.SumAsync(new float[200_000], RingHarness.Patience, CancellationToken.None)).ToArray();

        await ring.LoseAsync(2);

        foreach (var sum in sums)
        {
            var error = await Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.True(error.Message.Contains("Rank 2", StringComparison.Ordinal), error.Message);
        }
    }

    [Fact]
    public async Task SumAsync_StuckRank_EndsWhenThePatienceDoes()
    {
        await using var ring = await RingHarness.StartAsync(3);
        var patience = TimeSpan.FromMilliseconds(300);

        var sums = ring.Ranks.Take(2).Select(rank => rank.SumAsync(new float[8], patience, CancellationToken.None)).ToArray();

        foreach (var sum in sums)
        {
            var error = await Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(RingHarness.Patience));
            Assert.True(error.Message.Contains("stuck or unreachable", StringComparison.Ordinal), error.Message);
        }
    }

    [Fact]
    public async Task Abort_OnOneRank_EndsTheOthersWithItsReason()
    {
        await using var ring = await RingHarness.StartAsync(3);
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
