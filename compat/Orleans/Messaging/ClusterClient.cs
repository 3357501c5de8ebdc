using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Messaging;

namespace Orleans.Runtime;

/// <summary>A client of a silo in another process: one connection, made anew when it breaks.</summary>
internal sealed class ClusterClient : CallRuntime, IConnectionOwner, IHostedService
{
    private readonly ClientServices _services;
    private readonly ILogger _log;
    private readonly ObserverTable _observers = new(Guid.NewGuid().ToString("N"));
    private readonly CancellationTokenSource _stopping = new();
    private volatile Connection? _connection;
    private volatile GrainManifest? _manifest;
    private Task _connecting = Task.CompletedTask;
    private ITimer? _housekeeping;
    private int _attempts;

    public ClusterClient(ClientServices services)
    {
        _services = services;
        _log = services.LoggerFactory.CreateLogger("Orleans.Client");
        Factory = new(this, () => _manifest ?? throw new InvalidOperationException("The client is not started: start its host first."), _observers, services.Provider);
        InterfaceMap.RegisterAll();
    }

    public override GrainFactory Factory { get; }

    public CallRuntime Runtime => this;

    public int LargestMessage => _services.Messaging.Value.MaxMessageBodySize;

    protected override TimeSpan ResponseTimeout => _services.Messaging.Value.ResponseTimeout;

    /// <exception cref="SiloUnavailableException">No gateway answers, and the retry filter, if there is one, gives up.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                Run(await ConnectAsync(cancellationToken).ConfigureAwait(false));
                break;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (_services.RetryFilter is not { } filter || !await filter.ShouldRetryConnectionAttempt(exception, cancellationToken).ConfigureAwait(false))
                    throw;
            }
        }

        var period = TimeSpan.FromMilliseconds(100);
        _housekeeping = _services.Clock.CreateTimer(static client => ((ClusterClient)client!).KeepHouse(), this, period, period);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_housekeeping is not null)
            await _housekeeping.DisposeAsync().ConfigureAwait(false);
        if (_connection is { } connection)
            await connection.FlushAndCloseAsync("the client stopped.", TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        await _connecting.ConfigureAwait(false);
        Calls.FailAll(new SiloUnavailableException("The client has stopped."));
    }

    public override void Send(GrainReference target, Call call)
    {
        if (call.Target.Type == ObserverTable.ClientType && ObserverTable.ClientOf(call.Target) == _observers.ClientId)
        {
            ((OutgoingCall)call).CopyArguments();
            _observers.Receive(call);
            return;
        }

        var connection = _connection ?? throw new SiloUnavailableException(
            $"No gateway is connected ({string.Join(", ", _services.Gateways)}): {call} was not sent. The client goes on trying to connect.");
        connection.SendRequest((OutgoingCall)call);
    }

    public override void SendCancel(Call call) => ((OutgoingCall)call).Connection?.SendCancel((OutgoingCall)call);

    public void Receive(Call call) => _observers.Receive(call);

    public void Closed(Connection connection, string reason)
    {
        _connection = null;
        if (_stopping.IsCancellationRequested)
            return;
        _log.ConnectionEnded(connection.Peer, reason);
        _connecting = ReconnectAsync();
    }

    private void Run(Connection connection)
    {
        _connection = connection;
        _log.Connected(connection.Peer);
        _ = connection.RunAsync();
    }

    private async Task ReconnectAsync()
    {
        var delay = TimeSpan.FromMilliseconds(50);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Run(await ConnectAsync(_stopping.Token).ConfigureAwait(false));
                return;
            }
            catch (Exception exception)
            {
                if (_stopping.IsCancellationRequested)
                    return;
                _log.ConnectFailed(string.Join(", ", _services.Gateways), exception.Message, delay);
            }

            await Task.Delay(delay, _services.Clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, _services.Connections.Value.ConnectionRetryDelay.Ticks));
        }
    }

    private async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        var gateways = _services.Gateways;
        if (gateways.Count == 0)
            throw new OrleansConfigurationException("The client has no gateway: call UseLocalhostClustering or UseStaticClustering in UseOrleansClient.");
        var gateway = gateways[_attempts++ % gateways.Count];
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_services.Connections.Value.OpenConnectionTimeout);
        var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(gateway, timeout.Token).ConfigureAwait(false);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            var cluster = _services.Cluster.Value;
            var welcome = await Greeting.AsClientAsync(socket, new(cluster.ClusterId, cluster.ServiceId, _observers.ClientId), timeout.Token).ConfigureAwait(false);
            if (welcome.Refusal is { } refusal)
                throw new ConnectionFailedException($"The gateway refused the client: {refusal}");
            _manifest = new(welcome.Implementations);
            return new(socket, gateway.ToString(), this);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SiloUnavailableException(
                $"Could not connect to gateway {gateway}: {exception.Message}", new ConnectionFailedException(exception.Message, exception));
        }
    }

    private void KeepHouse() => Calls.TimeOutExpired();
}
