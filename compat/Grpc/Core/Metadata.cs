using System.Collections;

namespace Grpc.Core;

/// <summary>
/// Headers or trailers of a call: an ordered list of entries in which a key may occur several times. Not thread-safe.
/// </summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of every key whose value is bytes.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>An empty list that cannot be changed.</summary>
    public static readonly Metadata Empty = new() { IsReadOnly = true };

    private readonly List<Entry> _entries = [];

    /// <summary>Makes an empty list.</summary>
    public Metadata()
    {
    }

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>True when changing the list throws <see cref="InvalidOperationException"/>.</summary>
    public bool IsReadOnly { get; private init; }

    /// <summary>The entry at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            CheckWriteable();
            _entries[index] = value;
        }
    }

    /// <summary>The last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entry, or null when there is none.</returns>
    public Entry? Get(string key) => _entries.FindLast(entry => entry.HasKey(key));

    /// <summary>The text of the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The text, or null when there is no such entry.</returns>
    /// <exception cref="InvalidOperationException">The entry holds bytes.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The bytes, or null when there is no such entry.</returns>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries with a key, in order.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entries; empty when there are none.</returns>
    public IEnumerable<Entry> GetAll(string key) => _entries.Where(entry => entry.HasKey(key));

    /// <summary>Adds a text entry at the end.</summary>
    /// <param name="key">A key that does not end in <c>-bin</c>.</param>
    /// <param name="value">The text, ASCII.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds a binary entry at the end.</summary>
    /// <param name="key">A key that ends in <c>-bin</c>.</param>
    /// <param name="valueBytes">The bytes; they are copied.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Adds an entry at the end.</summary>
    /// <param name="item">The entry.</param>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckWriteable();
        _entries.Add(item);
    }

    /// <summary>The position of an entry.</summary>
    /// <param name="item">The entry, compared by reference.</param>
    /// <returns>The position, or -1.</returns>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <summary>Inserts an entry.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>.</param>
    /// <param name="item">The entry.</param>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckWriteable();
        _entries.Insert(index, item);
    }

    /// <summary>Removes the entry at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public void RemoveAt(int index)
    {
        CheckWriteable();
        _entries.RemoveAt(index);
    }

    /// <summary>Removes an entry.</summary>
    /// <param name="item">The entry, compared by reference.</param>
    /// <returns>True when it was there.</returns>
    public bool Remove(Entry item)
    {
        CheckWriteable();
        return _entries.Remove(item);
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        CheckWriteable();
        _entries.Clear();
    }

    /// <summary>Whether an entry is in the list.</summary>
    /// <param name="item">The entry, compared by reference.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <summary>Copies the entries.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="arrayIndex">The position of the first entry there.</param>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <summary>Walks the entries in order.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void CheckWriteable()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("This metadata cannot be changed. Make a new Metadata and add the entries there.");
        }
    }
}
