namespace Granary.Grains.Search;

/// <summary>
/// A pseudo-random order of the numbers 0 to count - 1 without a table: a four-round Feistel network over the next even power of
/// two, walked along its cycle until it falls below count (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002).
/// </summary>
internal static class IndexPermutation
{
    private const int Rounds = 4;

    public static int At(int index, int count, long seed)
    {
        int half = 1;
        while (1L << (2 * half) < count)
            half++;

        uint value = (uint)index;
        do
            value = Permute(value, half, seed);
        while (value >= count);
        return (int)value;
    }

    private static uint Permute(uint value, int half, long seed)
    {
        uint mask = (1u << half) - 1;
        uint left = value >> half;
        uint right = value & mask;
        for (int round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ ((uint)CounterRandom.Bits(seed, right, round) & mask));
        return (left << half) | right;
    }
}
