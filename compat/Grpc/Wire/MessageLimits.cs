using System.Globalization;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>The largest messages that may be sent and received, in bytes; null for no limit but that of an array.</summary>
internal sealed record MessageLimits(int? Send, int? Receive)
{
    /// <summary>The default limit of received messages, 4 MiB, as in all gRPC implementations.</summary>
    public const int DefaultReceive = 4 * 1024 * 1024;

    /// <exception cref="RpcException">ResourceExhausted.</exception>
    public void CheckSend(long length)
    {
        if (length > (Send ?? Array.MaxLength - MessageFrame.HeaderLength))
        {
            throw TooLarge("Sending", length, Send, "MaxSendMessageSize");
        }
    }

    /// <exception cref="RpcException">ResourceExhausted.</exception>
    public void CheckReceive(long length)
    {
        if (length > (Receive ?? Array.MaxLength - MessageFrame.HeaderLength))
        {
            throw TooLarge("Received", length, Receive, "MaxReceiveMessageSize");
        }
    }

    private static RpcException TooLarge(string what, long length, int? limit, string option) => new(new Status(
        StatusCode.ResourceExhausted,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what} message exceeds the maximum configured message size: {length} bytes of {limit ?? Array.MaxLength}. Raise {option}.")));
}
