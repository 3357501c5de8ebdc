namespace Grpc.Core.Internal;

internal sealed class TransportCredentials(bool isSecure) : ChannelCredentials
{
    internal override bool IsSecure => isSecure;
}
