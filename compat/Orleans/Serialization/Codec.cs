namespace Orleans.Serialization;

/// <summary>Writes, reads and copies values of one type, where the type is known at run time only.</summary>
internal abstract class Codec
{
    /// <summary>How values are laid out.</summary>
    public abstract WireType WireType { get; }

    /// <summary>Whether a value may be shared in place of a copy.</summary>
    public abstract bool IsImmutable { get; }

    public abstract void WriteObject(WireWriter writer, object value);

    public abstract object? ReadObject(WireReader reader);

    public abstract object CopyObject(object value);
}
