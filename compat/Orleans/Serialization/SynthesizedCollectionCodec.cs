namespace Orleans.Serialization;

/// <summary>The collections that the compiler makes of collection expressions for read-only interfaces: they travel as arrays.</summary>
internal sealed class SynthesizedCollectionCodec<T> : Codec
{
    private readonly Codec<T[]> _codec = Codecs.Get<T[]>();

    public override WireType WireType => WireType.Block;

    public override bool IsImmutable => false;

    public override void WriteObject(WireWriter writer, object value) => _codec.Write(writer, [.. (IEnumerable<T>)value]);

    public override object? ReadObject(WireReader reader) => _codec.Read(reader);

    public override object CopyObject(object value) => _codec.Copy([.. (IEnumerable<T>)value]);
}
