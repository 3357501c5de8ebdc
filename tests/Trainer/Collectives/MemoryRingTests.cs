using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

public sealed class MemoryRingTests
{
    private static readonly RingOptions Options = new() { ChunkBytes = 4096, Window = 4, SmallBytes = 1024 };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task SumAsync_AnyLength_IsTheSumAndTheSameEverywhere(int worldSize)
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

    [Fact]
    public async Task Barrier_OneRankMissing_HoldsTheOthers()
    {
        using var ring = new MemoryRing(3, Options);
        await CollectiveSuite.WaitsForTheLastAsync(ring.Ranks);
    }

    [Fact]
    public async Task SumAsync_LaneCut_EndsOnEveryRankNamingBothRanks()
    {
        using var ring = new MemoryRing(3, Options);
        var sums = ring.Ranks.Take(2)
            .Select(rank => rank.SumAsync(new float[100_000], RingHarness.Patience, CancellationToken.None)).ToArray();

        ring.Cut(1);

        foreach (var sum in sums)
        {
            var error = await Assert.ThrowsAsync<CollectiveException>(() => sum.WaitAsync(RingHarness.Patience));
            Assert.Contains("from rank 1 to rank 2", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SumAsync_SilentRank_EndsWhenThePatienceDoes()
    {
        using var ring = new MemoryRing(2, Options);

        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => ring.Ranks[0].SumAsync(new float[8], TimeSpan.FromMilliseconds(50), CancellationToken.None));

        Assert.Contains("Rank 1 sent nothing to rank 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SumAsync_DifferentLengths_IsRefusedWithWhatWasExpected()
    {
        using var ring = new MemoryRing(2, Options);

        var error = await Assert.ThrowsAsync<CollectiveException>(() => RingHarness.AllAsync(
            ring.Ranks, rank => rank.SumAsync(new float[8 + rank.Rank], RingHarness.Patience, CancellationToken.None)));

        Assert.Contains("tensors of the same shape", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SumAsync_Cancelled_EndsTheOthersToo()
    {
        using var ring = new MemoryRing(2, Options);
        using var cancel = new CancellationTokenSource();
        var first = ring.Ranks[0].SumAsync(new float[8], RingHarness.Patience, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => ring.Ranks[1].SumAsync(new float[8], RingHarness.Patience, CancellationToken.None));
        Assert.Contains("Rank 0 gave up", error.Message, StringComparison.Ordinal);
    }
}
