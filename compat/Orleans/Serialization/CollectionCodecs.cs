using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Orleans.Serialization;

/// <summary>The codecs of the framework's collections.</summary>
internal static class CollectionCodecs
{
    public static Codec HashSet<T>() => Mutable<HashSet<T>, T>(static c => [.. c], static a => [.. a]);

    public static Codec SortedSet<T>() => Mutable<SortedSet<T>, T>(static c => [.. c], static a => [.. a]);

    public static Codec Queue<T>() => Mutable<Queue<T>, T>(static c => [.. c], static a => new(a));

    public static Codec Stack<T>() => Mutable<Stack<T>, T>(static c => [.. c.Reverse()], static a => new(a));

    public static Codec ReadOnlyCollection<T>() => Mutable<ReadOnlyCollection<T>, T>(static c => [.. c], static a => new(a));

    public static Codec SortedDictionary<TKey, TValue>()
        where TKey : notnull => Mutable<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>(
            static c => [.. c], static a => new(a.ToDictionary()));

    public static Codec ReadOnlyDictionary<TKey, TValue>()
        where TKey : notnull => Mutable<ReadOnlyDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>(
            static c => [.. c], static a => new(a.ToDictionary()));

    public static Codec Memory<T>() => Mutable<Memory<T>, T>(static c => c.ToArray(), static a => a);

    public static Codec ReadOnlyMemory<T>() => Mutable<ReadOnlyMemory<T>, T>(static c => c.ToArray(), static a => a);

    public static Codec ImmutableArray<T>() => Immutable<ImmutableArray<T>, T>(
        static c => c.IsDefault ? [] : [.. c], static a => System.Collections.Immutable.ImmutableArray.Create(a));

    public static Codec ImmutableList<T>() => Immutable<ImmutableList<T>, T>(static c => [.. c], static a => [.. a]);

    public static Codec ImmutableHashSet<T>() => Immutable<ImmutableHashSet<T>, T>(static c => [.. c], static a => [.. a]);

    public static Codec ImmutableSortedSet<T>() => Immutable<ImmutableSortedSet<T>, T>(static c => [.. c], static a => [.. a]);

    public static Codec ImmutableQueue<T>() => Immutable<ImmutableQueue<T>, T>(static c => [.. c], static a => [.. a]);

    public static Codec ImmutableDictionary<TKey, TValue>()
        where TKey : notnull => Immutable<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>(
            static c => [.. c], System.Collections.Immutable.ImmutableDictionary.CreateRange);

    public static Codec ImmutableSortedDictionary<TKey, TValue>()
        where TKey : notnull => Immutable<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>(
            static c => [.. c], System.Collections.Immutable.ImmutableSortedDictionary.CreateRange);

    private static CollectionCodec<TCollection, T> Mutable<TCollection, T>(Func<TCollection, T[]> toArray, Func<T[], TCollection> build) =>
        new(toArray, build, immutable: false);

    private static CollectionCodec<TCollection, T> Immutable<TCollection, T>(Func<TCollection, T[]> toArray, Func<T[], TCollection> build) =>
        new(toArray, build, immutable: true);
}
