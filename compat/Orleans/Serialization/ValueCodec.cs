namespace Orleans.Serialization;

/// <summary>A codec of an immutable type, made of two functions.</summary>
internal sealed class ValueCodec<T>(WireType wireType, Action<WireWriter, T> write, Func<WireReader, T> read) : Codec<T>
{
    public override WireType WireType => wireType;

    public override bool IsImmutable => true;

    public override void Write(WireWriter writer, T value) => write(writer, value);

    public override T Read(WireReader reader) => read(reader);

    public override T Copy(T value) => value;
}
