namespace Granary.Trainer.Data;

/// <summary>
/// A counter-based generator: the n-th number is a pure function of (key, n), so an order can be computed again from its key alone, on
/// any machine, whatever else was drawn. Mixing function of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators"
/// (OOPSLA 2014), in the constants of Vigna's public-domain splitmix64.
/// </summary>
internal static class SplitMix64
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The number at a place of a key's sequence.</summary>
    /// <param name="key">The sequence.</param>
    /// <param name="counter">The place, from 0.</param>
    public static ulong At(ulong key, ulong counter) => Mix(key + ((counter + 1) * Golden));

    /// <summary>A key for one purpose, from numbers that tell it from all others.</summary>
    /// <param name="parts">Such as the seed and the epoch.</param>
    public static ulong Key(params ReadOnlySpan<long> parts)
    {
        ulong key = 0;
        foreach (long part in parts)
            key = Mix((key ^ (ulong)part) + Golden);
        return key;
    }

    /// <summary>A number in [0, <paramref name="bound"/>); the bias is below bound / 2^64.</summary>
    /// <param name="key">The sequence.</param>
    /// <param name="counter">The place, from 0.</param>
    /// <param name="bound">At least 1.</param>
    public static int Below(ulong key, ulong counter, int bound) => (int)Math.BigMul(At(key, counter), (ulong)bound, out _);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
