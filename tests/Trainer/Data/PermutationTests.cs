using Granary.Trainer.Data;

namespace Granary.Trainer.Tests.Data;

public sealed class PermutationTests
{
    private static readonly int[] Thousand = [.. Enumerable.Range(0, 1_000)];

    [Fact]
    public void OfEpoch_AnySeed_HoldsEveryExampleOnce()
    {
        int[] order = Permutation.OfEpoch(Thousand, seed: 3, epoch: 5);

        Assert.Equal(Thousand, order.Order());
        Assert.NotEqual(Thousand, order);
    }

    [Fact]
    public void OfEpoch_SameSeedAndEpoch_IsTheSame() =>
        Assert.Equal(Permutation.OfEpoch(Thousand, 3, 5), Permutation.OfEpoch(Thousand, 3, 5));

    [Fact]
    public void OfEpoch_OtherSeedOrEpoch_Differs()
    {
        int[] order = Permutation.OfEpoch(Thousand, 3, 5);

        Assert.NotEqual(order, Permutation.OfEpoch(Thousand, 3, 6));
        Assert.NotEqual(order, Permutation.OfEpoch(Thousand, 4, 5));
    }

    [Fact]
    public void OfEpoch_ManySeeds_PutsEachExampleEverywhereEquallyOften()
    {
        // 4 examples, 24 orders, 24,000 draws: 1,000 each expected, standard deviation 31; 5 of them is 155.
        var counts = new Dictionary<string, int>();
        for (int seed = 0; seed < 24_000; seed++)
        {
            string order = string.Join(' ', Permutation.OfEpoch([0, 1, 2, 3], seed, epoch: 0));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 845, 1_155));
    }

    [Fact]
    public void Subset_SmallerLimit_IsThePrefixOfTheGreater()
    {
        int[] hundred = Permutation.Subset(1_000, 100);

        Assert.Equal(hundred, Permutation.Subset(1_000, 300)[..100]);
        Assert.Equal(100, hundred.Distinct().Count());
        Assert.Equal(1_000, Permutation.Subset(1_000, null).Length);
    }

    [Fact]
    public void SplitMix64At_PublishedSequence_IsReproduced()
    {
        // The first numbers of splitmix64 with state 1234567 (the generator's widely published test vector).
        Assert.Equal(6457827717110365317UL, SplitMix64.At(1234567, 0));
        Assert.Equal(3203168211198807973UL, SplitMix64.At(1234567, 1));
        Assert.Equal(9817491932198370423UL, SplitMix64.At(1234567, 2));
    }
}
