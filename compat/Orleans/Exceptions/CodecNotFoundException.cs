namespace Orleans.Serialization;

/// <summary>A type that cannot travel: it has no <see cref="GenerateSerializerAttribute"/> and is none of the known ones.</summary>
[GenerateSerializer]
public sealed class CodecNotFoundException : SerializerException
{
    /// <summary>With a message.</summary>
    /// <param name="message">The message.</param>
    public CodecNotFoundException(string message)
        : base(message)
    {
    }
}
