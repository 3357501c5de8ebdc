using System.Buffers;

namespace Grpc.Core;

/// <summary>Gives the bytes of one message. They are valid only while the deserializer runs.</summary>
public abstract class DeserializationContext
{
    /// <summary>The length of the message in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message in an array that belongs to the caller.</summary>
    /// <returns>The array, <see cref="PayloadLength"/> bytes.</returns>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>The message where it lies, without a copy. Must not be kept after the deserializer returns.</summary>
    /// <returns>The bytes.</returns>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(PayloadAsNewBuffer());
}
