using System.Buffers;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>Turns the payload of one message into the message: decompresses it where it is compressed, then deserializes it.</summary>
internal sealed class MessageDecoder<T>(Func<DeserializationContext, T> deserializer, MessageLimits limits, ICompressionProvider? provider)
{
    private readonly PayloadContext _context = new();

    public MessageLimits Limits => limits;

    /// <exception cref="RpcException">The message is compressed but no encoding was named, is too large, or is damaged.</exception>
    public T Decode(bool compressed, ReadOnlySequence<byte> payload)
    {
        if (compressed)
        {
            payload = MessageCompression.Decompress(payload, provider ?? throw Unnamed(), limits);
        }

        return _context.Deserialize(payload, deserializer);
    }

    private static RpcException Unnamed() => new(new Status(
        StatusCode.Internal, "A message is compressed but grpc-encoding names no compression."));
}
