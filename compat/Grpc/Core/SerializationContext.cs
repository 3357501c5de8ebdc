using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Takes the bytes of one message, either whole through <see cref="Complete(byte[])"/> or piece by piece:
/// <see cref="SetPayloadLength"/> where the length is known, <see cref="GetBufferWriter"/>, then <see cref="Complete()"/>.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Sends an array as the whole message.</summary>
    /// <param name="payload">The bytes. They must not change until the message is sent.</param>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>Where to write the message. Valid until <see cref="Complete()"/>.</summary>
    /// <returns>The writer.</returns>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>
    /// Announces the length, which saves a copy. Call it before <see cref="GetBufferWriter"/>; exactly so many bytes must follow.
    /// </summary>
    /// <param name="payloadLength">Bytes, 0 or more.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends a message that was written through <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
