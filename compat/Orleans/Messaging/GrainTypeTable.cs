using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The grain types met in messages, so that reading one allocates nothing.</summary>
internal static class GrainTypeTable
{
    // A process has tens of grain types; what goes beyond comes from no honest peer.
    private const int Most = 10_000;

    private static readonly ConcurrentDictionary<int, GrainType> Known = new();

    public static GrainType Get(ReadOnlySpan<byte> name)
    {
        int hash = IdSpan.StableHash(name);
        if (Known.TryGetValue(hash, out var type) && type.AsSpan().SequenceEqual(name))
            return type;
        type = new(new IdSpan(name.ToArray()));
        if (Known.Count < Most)
            Known.TryAdd(hash, type);
        return type;
    }
}
