namespace Granary.Grains.Search;

/// <summary>
/// Random numbers without a state: each is a pure function of (seed, trial, dimension), so that a search goes on after a restart
/// as if nothing had happened. The mixer is SplitMix64's finalizer (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
/// Generators", OOPSLA 2014; constants of Stafford's variant 13).
/// </summary>
internal static class CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private const double TwoToMinus53 = 1.0 / (1UL << 53);

    public static ulong Bits(long seed, long trial, long dimension) =>
        Mix(Mix(Mix((ulong)seed + GoldenGamma) + ((ulong)trial * GoldenGamma)) + ((ulong)dimension * GoldenGamma));

    /// <summary>Uniform in [0, 1): the upper 53 bits, all that a double holds.</summary>
    public static double Unit(long seed, long trial, long dimension) => (Bits(seed, trial, dimension) >> 11) * TwoToMinus53;

    /// <summary>Uniform in [0, <paramref name="count"/>): the high half of a 128-bit product, biased by less than count / 2^64.</summary>
    public static long Below(long count, long seed, long trial, long dimension) =>
        (long)Math.BigMul(Bits(seed, trial, dimension), (ulong)count, out _);

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
