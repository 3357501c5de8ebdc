using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Orleans.Runtime;

/// <summary>Lets clients in, and carries calls to their observers.</summary>
internal sealed class Gateway : IConnectionOwner
{
    // Greetings under way: strangers that connect and say nothing must not fill this process.
    private const int MostGreetings = 128;

    private readonly Silo _silo;
    private readonly SiloServices _services;
    private readonly ConcurrentDictionary<string, Connection> _clients = new();
    private readonly SemaphoreSlim _greetings = new(MostGreetings);
    private readonly CancellationTokenSource _closing = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    public Gateway(Silo silo, SiloServices services)
    {
        _silo = silo;
        _services = services;
    }

    public CallRuntime Runtime => _silo;

    public int LargestMessage => _silo.LargestMessage;

    /// <summary>Listens; answers where, in words.</summary>
    public string Open()
    {
        var options = _services.Endpoints.Value;
        var endpoint = options.GatewayListeningEndpoint ?? (options.GatewayPort == 0 ? null : new IPEndPoint(options.AdvertisedIPAddress, options.GatewayPort));
        if (endpoint is null)
            return "none";
        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(endpoint);
            listener.Listen(512);
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new OrleansConfigurationException($"The gateway cannot listen on {endpoint}: {exception.Message}. Choose another gateway port.", exception);
        }

        _listener = listener;
        _accepting = AcceptAsync(listener);
        return endpoint.ToString();
    }

    /// <summary>Lets nobody in any more; clients stay for the answers to come.</summary>
    public async Task RefuseAsync(CancellationToken cancellationToken)
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        await _accepting.ConfigureAwait(false);
    }

    public async Task CloseAsync()
    {
        foreach (var client in _clients.Values)
            await client.FlushAndCloseAsync("the silo stopped.", TimeSpan.FromSeconds(2)).ConfigureAwait(false);
    }

    public void Receive(Call call) => _silo.Receive(call);

    /// <summary>Carries a call to an observer of a client.</summary>
    public void Send(string clientId, Call call)
    {
        if (!_clients.TryGetValue(clientId, out var connection))
            throw new ClientNotAvailableException(call.Target);
        if (call is OutgoingCall outgoing)
            connection.SendRequest(outgoing);
        else
            throw new OrleansMessageRejectionException($"{call}: observers of a client are called by grains, not by other clients.");
    }

    public void Closed(Connection connection, string reason)
    {
        if (_clients.TryRemove(new(connection.Peer, connection)))
            Instruments.ClientsChanged(-1);
        _silo.Log.ConnectionEnded(connection.Peer, reason);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await _greetings.WaitAsync(_closing.Token).ConfigureAwait(false);
                _ = ServeAsync(await listener.AcceptAsync(_closing.Token).ConfigureAwait(false));
            }
            catch (Exception) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException exception)
            {
                _greetings.Release();
                _silo.Log.ConnectionRefused("unknown", exception.Message);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        string remote = "unknown";
        Connection? connection = null;
        try
        {
            remote = socket.RemoteEndPoint?.ToString() ?? remote;
            connection = await GreetAsync(socket, remote).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _silo.Log.ConnectionRefused(remote, exception.Message);
        }

        _greetings.Release();
        if (connection is null)
            socket.Dispose();
        else
            await connection.RunAsync().ConfigureAwait(false);
    }

    private async Task<Connection?> GreetAsync(Socket socket, string remote)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        timeout.CancelAfter(_services.Connections.Value.OpenConnectionTimeout);
        var hello = await Greeting.ReadHelloAsync(socket, timeout.Token).ConfigureAwait(false);
        var cluster = _services.Cluster.Value;
        string? refusal = hello.ClusterId == cluster.ClusterId && hello.ServiceId == cluster.ServiceId
            ? null
            : $"this is cluster {cluster.ClusterId} of service {cluster.ServiceId}, the client wants {hello.ClusterId} of {hello.ServiceId}.";
        await Greeting.AsGatewayAsync(socket, new(refusal, refusal is null ? _silo.Manifest.Implementations.ToDictionary() : []), timeout.Token).ConfigureAwait(false);
        if (refusal is not null)
        {
            _silo.Log.ConnectionRefused(remote, refusal);
            return null;
        }

        var connection = new Connection(socket, hello.ClientId, this);
        _clients.AddOrUpdate(hello.ClientId, connection, (_, old) => connection);
        Instruments.ClientsChanged(1);
        _silo.Log.ClientConnected(hello.ClientId, remote);
        return connection;
    }
}
