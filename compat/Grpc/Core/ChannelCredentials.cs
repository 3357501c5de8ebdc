using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>How a channel protects its connection, and the credentials that go with all its calls.</summary>
public abstract class ChannelCredentials
{
    internal ChannelCredentials()
    {
    }

    /// <summary>Neither TLS nor credentials; for <c>http</c> addresses.</summary>
    public static ChannelCredentials Insecure { get; } = new TransportCredentials(false);

    /// <summary>TLS as the HTTP handler is set up for it; for <c>https</c> addresses.</summary>
    public static ChannelCredentials SecureSsl { get; } = new TransportCredentials(true);

    /// <summary>True for TLS.</summary>
    internal abstract bool IsSecure { get; }

    /// <summary>The credentials of all calls; null for none.</summary>
    internal virtual CallCredentials? CallCredentials => null;

    /// <summary>Adds credentials of calls.</summary>
    /// <param name="channelCredentials">How the connection is protected.</param>
    /// <param name="callCredentials">Go with each call.</param>
    /// <returns>The credentials.</returns>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        return channelCredentials.CallCredentials is null
            ? new CompositeChannelCredentials(channelCredentials, callCredentials)
            : throw new ArgumentException(
                "These channel credentials have call credentials already. Join call credentials with CallCredentials.Compose.",
                nameof(channelCredentials));
    }
}
