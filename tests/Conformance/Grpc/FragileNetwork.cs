using System.Net;
using System.Net.Sockets;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>A TCP relay to a server that can go silent: connections stay open but nothing passes any more.</summary>
internal sealed class FragileNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _ends = [];
    private readonly Task _accept;
    private volatile bool _silent;

    public FragileNetwork(int serverPort)
    {
        _listener.Start();
        _accept = AcceptAsync(serverPort);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Silence() => _silent = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accept;
        _ends.ForEach(end => end.Dispose());
        _stop.Dispose();
    }

    private async Task AcceptAsync(int serverPort)
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                TcpClient caller = await _listener.AcceptTcpClientAsync(_stop.Token);
                var server = new TcpClient();
                _ends.AddRange([caller, server]);
                await server.ConnectAsync(IPAddress.Loopback, serverPort, _stop.Token);
                relays.Add(RelayAsync(caller.GetStream(), server.GetStream()));
                relays.Add(RelayAsync(server.GetStream(), caller.GetStream()));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(NetworkStream from, NetworkStream to)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is int read and > 0)
            {
                if (!_silent)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test has ended, or one end has.
        }
    }
}
