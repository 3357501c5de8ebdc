using System.Runtime.InteropServices;

namespace Orleans.Serialization;

/// <summary>A list as its count and its elements.</summary>
internal sealed class ListCodec<T> : BlockCodec<List<T>>
{
    private readonly Codec<T> _codec = Codecs.Get<T>();

    public override bool IsImmutable => false;

    protected override void WriteBody(WireWriter writer, List<T> value)
    {
        var items = CollectionsMarshal.AsSpan(value);
        writer.WriteVarUInt((ulong)items.Length);
        foreach (var item in items)
            _codec.Write(writer, item);
    }

    protected override List<T> ReadBody(WireReader reader)
    {
        int count = reader.ReadCount();
        var items = new List<T>(count);
        for (int i = 0; i < count; i++)
            items.Add(_codec.Read(reader));
        return items;
    }

    protected override List<T> CopyBody(List<T> value)
    {
        if (_codec.IsImmutable)
            return [.. value];
        var items = new List<T>(value.Count);
        foreach (var item in value)
            items.Add(_codec.Copy(item));
        return items;
    }
}
