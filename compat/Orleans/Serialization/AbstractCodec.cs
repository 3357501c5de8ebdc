namespace Orleans.Serialization;

/// <summary>Values of an interface or abstract type, or of <see cref="object"/>: always laid out as what they are.</summary>
internal sealed class AbstractCodec<T> : BlockCodec<T>
{
    public override bool IsImmutable => false;

    protected override bool IsExact(T value) => value!.GetType() == typeof(object);

    protected override void WriteBody(WireWriter writer, T value)
    {
    }

    protected override T ReadBody(WireReader reader) => typeof(T) == typeof(object)
        ? (T)new object()
        : throw new SerializerException($"A {typeof(T)} without its type: the data is damaged.");

    protected override T CopyBody(T value) => (T)new object();
}
