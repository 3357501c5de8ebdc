namespace Orleans.Serialization;

/// <summary>A collection as its count and its elements.</summary>
/// <typeparam name="TCollection">The collection's type.</typeparam>
/// <typeparam name="T">The elements' type.</typeparam>
internal sealed class CollectionCodec<TCollection, T>(Func<TCollection, T[]> toArray, Func<T[], TCollection> build, bool immutable) : BlockCodec<TCollection>
{
    private readonly Codec<T> _codec = Codecs.Get<T>();

    // A collection that cannot change, of elements that cannot, can be shared.
    public override bool IsImmutable => immutable && _codec.IsImmutable;

    protected override void WriteBody(WireWriter writer, TCollection value)
    {
        T[] items = toArray(value);
        writer.WriteVarUInt((ulong)items.Length);
        foreach (var item in items)
            _codec.Write(writer, item);
    }

    protected override TCollection ReadBody(WireReader reader)
    {
        var items = new T[reader.ReadCount()];
        for (int i = 0; i < items.Length; i++)
            items[i] = _codec.Read(reader);
        return build(items);
    }

    protected override TCollection CopyBody(TCollection value)
    {
        T[] items = toArray(value);
        if (!_codec.IsImmutable)
        {
            items = [.. items];
            for (int i = 0; i < items.Length; i++)
                items[i] = _codec.Copy(items[i]);
        }

        return build(items);
    }
}
