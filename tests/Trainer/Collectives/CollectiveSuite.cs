using Granary.Trainer.Collectives;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>What every lane must do: the same cases run on memory and on sockets.</summary>
internal static class CollectiveSuite
{
    public static readonly int[] Lengths = [1, 2, 3, 5, 31, 4096, 4097, 65_537, 300_001];

    public static async Task SumsAsync(IReadOnlyList<ICollective> ranks, int length)
    {
        var inputs = ranks.Select(rank => Numbers(length, rank.Rank)).ToArray();
        var values = inputs.Select(input => input.ToArray()).ToArray();

        await RingHarness.AllAsync(ranks, rank => rank.AllReduceAsync(values[rank.Rank], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None));

        for (var i = 0; i < length; i++)
        {
            var exact = inputs.Sum(input => (double)input[i]);
            Assert.Equal(exact, values[0][i], 1e-6 * inputs.Sum(input => Math.Abs((double)input[i])));
        }

        foreach (var other in values.Skip(1))
        {
            Assert.True(values[0].AsSpan().SequenceEqual(other), "the ranks must hold the same bits");
        }
    }

    public static async Task AveragesAsync(IReadOnlyList<ICollective> ranks, int length)
    {
        var values = ranks.Select(rank => Numbers(length, rank.Rank)).ToArray();
        var exact = Enumerable.Range(0, length).Select(i => values.Average(input => (double)input[i])).ToArray();
        var largest = Enumerable.Range(0, length).Select(i => values.Max(input => Math.Abs(input[i]))).ToArray();

        await RingHarness.AllAsync(
            ranks, rank => rank.AllReduceAsync(values[rank.Rank], ReduceKind.Average, RingHarness.Patience, CancellationToken.None));

        for (var i = 0; i < length; i++) Assert.Equal(exact[i], values[0][i], 1e-6 * largest[i]);
        Assert.All(values.Skip(1), other => Assert.Equal(values[0], other));
    }

    public static async Task GathersAsync(IReadOnlyList<ICollective> ranks, int length)
    {
        var own = ranks.Select(rank => Enumerable.Range(0, length).Select(i => (byte)(i * 5 + rank.Rank)).ToArray()).ToArray();
        var all = ranks.Select(_ => new byte[length * ranks.Count]).ToArray();

        await RingHarness.AllAsync(
            ranks, rank => rank.AllGatherAsync(own[rank.Rank], all[rank.Rank], RingHarness.Patience, CancellationToken.None));

        var expected = own.SelectMany(bytes => bytes).ToArray();
        Assert.All(all, mine => Assert.Equal(expected, mine));
    }

    public static async Task BroadcastsAsync(IReadOnlyList<ICollective> ranks, int length)
    {
        var bytes = ranks.Select(rank => Enumerable.Range(0, length).Select(i => (byte)(i * 7 + rank.Rank)).ToArray()).ToArray();
        var expected = bytes[0].ToArray();

        await RingHarness.AllAsync(ranks, rank => rank.BroadcastAsync(bytes[rank.Rank], RingHarness.Patience, CancellationToken.None));

        Assert.All(bytes, mine => Assert.Equal(expected, mine));
    }

    public static async Task WaitsForTheLastAsync(IReadOnlyList<ICollective> ranks)
    {
        var last = ranks[^1];
        var others = ranks.SkipLast(1).Select(rank => rank.BarrierAsync(RingHarness.Patience, CancellationToken.None)).ToArray();
        // A chance to pass wrongly: the others have nothing to do but to wait.
        for (var i = 0; i < 100; i++) await Task.Yield();

        Assert.All(others, waiting => Assert.False(waiting.IsCompleted));

        await last.BarrierAsync(RingHarness.Patience, CancellationToken.None);
        await Task.WhenAll(others).WaitAsync(RingHarness.Patience);
    }

    // Magnitudes differ, so that another order of the sum gives other bits.
    private static float[] Numbers(int length, int rank)
    {
        var random = new Random(1000 * length + rank);
        return [.. Enumerable.Range(0, length).Select(i => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4))))];
    }
}
