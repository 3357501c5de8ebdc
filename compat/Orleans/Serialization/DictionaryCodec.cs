namespace Orleans.Serialization;

/// <summary>A dictionary as its count and its pairs. The comparer of string keys is kept when it is one of the ordinal ones.</summary>
internal sealed class DictionaryCodec<TKey, TValue> : BlockCodec<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    private readonly Codec<TKey> _keys = Codecs.Get<TKey>();
    private readonly Codec<TValue> _values = Codecs.Get<TValue>();

    public override bool IsImmutable => false;

    protected override void WriteBody(WireWriter writer, Dictionary<TKey, TValue> value)
    {
        writer.WriteByte(IgnoresCase(value) ? (byte)1 : (byte)0);
        writer.WriteVarUInt((ulong)value.Count);
        foreach (var (key, item) in value)
        {
            _keys.Write(writer, key);
            _values.Write(writer, item);
        }
    }

    protected override Dictionary<TKey, TValue> ReadBody(WireReader reader)
    {
        var comparer = reader.ReadByte() == 1 ? (IEqualityComparer<TKey>)StringComparer.OrdinalIgnoreCase : null;
        int count = reader.ReadCount();
        var items = new Dictionary<TKey, TValue>(count, comparer);
        for (int i = 0; i < count; i++)
        {
            var key = _keys.Read(reader);
            items[key] = _values.Read(reader);
        }

        return items;
    }

    protected override Dictionary<TKey, TValue> CopyBody(Dictionary<TKey, TValue> value)
    {
        if (_keys.IsImmutable && _values.IsImmutable)
            return new(value, value.Comparer);
        var items = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        foreach (var (key, item) in value)
            items.Add(_keys.IsImmutable ? key : _keys.Copy(key), _values.IsImmutable ? item : _values.Copy(item));
        return items;
    }

    private static bool IgnoresCase(Dictionary<TKey, TValue> value) => ReferenceEquals(value.Comparer, StringComparer.OrdinalIgnoreCase);
}
