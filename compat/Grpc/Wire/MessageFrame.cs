using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>The five bytes before each message: whether it is compressed, and its length as a big-endian 32-bit number.</summary>
internal static class MessageFrame
{
    public const int HeaderLength = 5;

    public static void WriteHeader(Span<byte> header, bool compressed, int length)
    {
        header[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
    }

    /// <exception cref="RpcException">Internal: the first byte is neither 0 nor 1. ResourceExhausted: the message is too large.</exception>
    public static (bool Compressed, int Length) ReadHeader(ReadOnlySpan<byte> header, MessageLimits limits)
    {
        if (header[0] > 1)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, $"A message must begin with the compressed flag, 0 or 1, but begins with {header[0]}."));
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        limits.CheckReceive(length);
        return (header[0] == 1, (int)length);
    }

    public static RpcException Truncated(long received, long expected) => new(new Status(
        StatusCode.Internal, $"Incomplete message: the stream ended after {received} of {expected} bytes."));

    public static RpcException Additional() => new(new Status(
        StatusCode.Internal, "Additional data after the message received: a call of this type carries one message."));
}
