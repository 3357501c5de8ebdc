using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

public sealed class MemoryRingTests
{
    private static readonly RingOptions Options = new() { ChunkBytes = 4096, Window = 2, SmallBytes = 1024 };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task AllReduceAsync_AnyLength_IsTheSumAndTheSameEverywhere(int worldSize)
    {
        using var ring = new MemoryRing(worldSize, Options);
        foreach (var length in CollectiveSuite.Lengths) await CollectiveSuite.SumsAsync(ring.Ranks, length);
    }

    [Fact]
    public async Task Broadcast_FromRankZero_ReachesAll()
    {
        using var ring = new MemoryRing(4, Options);
        foreach (var length in new[] { 0, 1, 4096, 50_001 }) await CollectiveSuite.BroadcastsAsync(ring.Ranks, length);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task AllReduceAsync_Average_IsTheMeanAndTheSameEverywhere(int worldSize)
    {
        using var ring = new MemoryRing(worldSize, Options);
        foreach (var length in CollectiveSuite.Lengths) await CollectiveSuite.AveragesAsync(ring.Ranks, length);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task AllGatherAsync_AnyLength_BringsEverybodysBytes(int worldSize)
    {
        using var ring = new MemoryRing(worldSize, Options);
        foreach (var length in new[] { 0, 1, 4096, 50_001 }) await CollectiveSuite.GathersAsync(ring.Ranks, length);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AllReduceAsync_LaneHeldUp_EndsRightOnceItDelivers(int worldSize)
    {
        using var ring = new MemoryRing(worldSize, Options);
        ring.Lane(0, 1).Hold();
        var sums = CollectiveSuite.SumsAsync(ring.Ranks, 65_537);
        for (var i = 0; i < 100; i++) await Task.Yield();
        Assert.False(sums.IsCompleted);

        ring.Lane(0, 1).Resume();

        await sums;
    }

    [Fact]
    public async Task AllReduceAsync_ChunksOutOfOrder_IsRefusedAndNotSummed()
    {
        using var ring = new MemoryRing(2, Options);
        ring.Lane(0, 1).Hold();
        ring.Lane(0, 1).Overtake();
        var sums = ring.Ranks.Select(rank => rank.AllReduceAsync(
            new float[65_537], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None)).ToArray();

        ring.Lane(0, 1).Resume();

        var errors = await Task.WhenAll(sums.Select(sum => Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(RingHarness.Patience))));
        Assert.All(errors, error => Assert.Contains("which expected collective 0", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllReduceAsync_SeveralCallsAtOnce_AreCarriedOutInOrder()
    {
        using var ring = new MemoryRing(3, Options);
        var values = ring.Ranks.Select(_ => Enumerable.Range(0, 5).Select(call => Enumerable.Repeat((float)call, 10_000).ToArray()).ToArray()).ToArray();

        await RingHarness.AllAsync(ring.Ranks, rank => Task.WhenAll(values[rank.Rank].Select(
            call => rank.AllReduceAsync(call, ReduceKind.Sum, RingHarness.Patience, CancellationToken.None))));

        Assert.All(values, rank => Assert.All(Enumerable.Range(0, 5), call => Assert.All(rank[call], value => Assert.Equal(3f * call, value))));
    }

    [Fact]
    public async Task Barrier_OneRankMissing_HoldsTheOthers()
    {
        using var ring = new MemoryRing(3, Options);
        await CollectiveSuite.WaitsForTheLastAsync(ring.Ranks);
    }

    [Fact]
    public async Task AllReduceAsync_LaneCut_EndsOnEveryRankNamingBothRanks()
    {
        using var ring = new MemoryRing(3, Options);
        var sums = ring.Ranks.Take(2)
            .Select(rank => rank.AllReduceAsync(new float[100_000], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None)).ToArray();

        ring.Cut(1);

        foreach (var sum in sums)
        {
            var error = await Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(RingHarness.Patience));
            Assert.Contains("from rank 1 to rank 2", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AllReduceAsync_SilentRank_EndsWhenThePatienceDoes()
    {
        using var ring = new MemoryRing(2, Options);

        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => ring.Ranks[0].AllReduceAsync(new float[8], ReduceKind.Sum, TimeSpan.FromMilliseconds(50), CancellationToken.None));

        Assert.Contains("Rank 1 sent nothing to rank 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllReduceAsync_DifferentLengths_IsRefusedWithWhatWasExpected()
    {
        using var ring = new MemoryRing(2, Options);

        var error = await Assert.ThrowsAsync<CollectiveException>(() => RingHarness.AllAsync(
            ring.Ranks, rank => rank.AllReduceAsync(new float[8 + rank.Rank], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None)));

        Assert.Contains("tensors of the same shape", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllReduceAsync_Cancelled_EndsTheOthersToo()
    {
        using var ring = new MemoryRing(2, Options);
        using var cancel = new CancellationTokenSource();
        var first = ring.Ranks[0].AllReduceAsync(new float[8], ReduceKind.Sum, RingHarness.Patience, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => ring.Ranks[1].AllReduceAsync(new float[8], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None));
        Assert.Contains("Rank 0 gave up", error.Message, StringComparison.Ordinal);
    }
}
