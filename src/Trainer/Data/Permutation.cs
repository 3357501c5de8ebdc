namespace Granary.Trainer.Data;

/// <summary>Orders of examples that depend on their key alone, not on torch's generator or on what was drawn before.</summary>
internal static class Permutation
{
    // What the subset of a data set is drawn with: the same for every run, whatever its seed.
    private const long SubsetPurpose = 1;
    private const long EpochPurpose = 2;

    /// <summary>
    /// The order of an epoch: Fisher-Yates, where position i (from the last) swaps with <c>SplitMix64.Below(key, i, i + 1)</c>.
    /// </summary>
    /// <param name="examples">The examples to order; not changed.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    public static int[] OfEpoch(ReadOnlySpan<int> examples, long seed, int epoch) =>
        Shuffle(examples.ToArray(), SplitMix64.Key(EpochPurpose, seed, epoch));

    /// <summary>
    /// The first <paramref name="limit"/> examples of the set's one fixed shuffle. Runs with the same limit see the same examples,
    /// and a smaller limit sees a part of what a greater one sees.
    /// </summary>
    /// <param name="count">Examples in the set.</param>
    /// <param name="limit">Examples wanted; null, or more than there are: all.</param>
    public static int[] Subset(int count, int? limit)
    {
        int[] all = Shuffle([.. Enumerable.Range(0, count)], SplitMix64.Key(SubsetPurpose));
        return limit < count ? all[..limit.Value] : all;
    }

    /// <summary>
    /// Cuts validation examples from the end of the set's one fixed shuffle and training examples from its start: runs with the same share
    /// validate on the same examples, whatever their seed and limit.
    /// </summary>
    /// <param name="count">Examples in the set, at least 2.</param>
    /// <param name="share">Share of validation examples, above 0 and below 1; at least one example is left on either side.</param>
    /// <param name="limit">Training examples wanted; null, or more than there are: all.</param>
    public static (int[] Train, int[] Valid) Split(int count, double share, int? limit)
    {
        int[] all = Subset(count, null);
        int valid = Math.Clamp((int)Math.Round(count * share), 1, count - 1);
        return (all[..Math.Min(limit ?? count, count - valid)], all[^valid..]);
    }

    private static int[] Shuffle(int[] items, ulong key)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = SplitMix64.Below(key, (ulong)i, i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }

        return items;
    }
}
