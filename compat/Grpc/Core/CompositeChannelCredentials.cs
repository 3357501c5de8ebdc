namespace Grpc.Core.Internal;

internal sealed class CompositeChannelCredentials(ChannelCredentials transport, CallCredentials calls) : ChannelCredentials
{
    internal override bool IsSecure => transport.IsSecure;

    internal override CallCredentials? CallCredentials => calls;
}
