namespace Orleans.Serialization;

/// <summary>An array as its count and its elements.</summary>
internal sealed class ArrayCodec<T> : BlockCodec<T[]>
{
    private readonly Codec<T> _codec = Codecs.Get<T>();

    public override bool IsImmutable => false;

    protected override void WriteBody(WireWriter writer, T[] value)
    {
        writer.WriteVarUInt((ulong)value.Length);
        foreach (var item in value)
            _codec.Write(writer, item);
    }

    protected override T[] ReadBody(WireReader reader)
    {
        var items = new T[reader.ReadCount()];
        for (int i = 0; i < items.Length; i++)
            items[i] = _codec.Read(reader);
        return items;
    }

    protected override T[] CopyBody(T[] value)
    {
        if (_codec.IsImmutable)
            return (T[])value.Clone();
        var items = new T[value.Length];
        for (int i = 0; i < items.Length; i++)
            items[i] = _codec.Copy(value[i]);
        return items;
    }
}
