using Grpc.Net.Client;

namespace Granary.Trainer.Link;

/// <summary>The way to the silo: one channel, replaced when the silo has moved. Safe for any number of threads.</summary>
/// <param name="location">Where the silo is.</param>
internal sealed class SiloLink(SiloLocation location) : IDisposable
{
    private const int MaxReply = 4 << 20;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private GrpcChannel? _channel;
    private string _address = "";

    /// <summary>The channel to where the silo is now.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: the silo has not said where it is.</exception>
    public GrpcChannel Channel()
    {
        var address = location.Current();
        lock (_gate)
        {
            if (_channel is not null && address == _address) return _channel;
            _channel?.Dispose();
            _address = address;
            return _channel = Open(address);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _address.Length > 0 ? _address : location.ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _channel?.Dispose();
    }

    private static GrpcChannel Open(string address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        MaxReceiveMessageSize = MaxReply,
        HttpHandler = new SocketsHttpHandler
        {
            // A silo whose host vanished answers no ping; the stream then ends instead of waiting for ever.
            KeepAlivePingDelay = KeepAlive,
            KeepAlivePingTimeout = KeepAlive,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ConnectTimeout = KeepAlive,
            EnableMultipleHttp2Connections = true,
        },
        DisposeHttpClient = true,
    });
}
