namespace Orleans.Serialization;

/// <summary>Writes, reads and copies values of one declared type. Safe for use by many threads.</summary>
/// <typeparam name="T">The declared type; for references, values may be null or of a derived type.</typeparam>
internal abstract class Codec<T> : Codec
{
    public abstract void Write(WireWriter writer, T value);

    public abstract T Read(WireReader reader);

    /// <summary>A deep copy. Called only where <see cref="Codec.IsImmutable"/> is false.</summary>
    public abstract T Copy(T value);

    public sealed override void WriteObject(WireWriter writer, object value) => Write(writer, (T)value);

    public sealed override object? ReadObject(WireReader reader) => Read(reader);

    public sealed override object CopyObject(object value) => IsImmutable ? value : Copy((T)value)!;
}
