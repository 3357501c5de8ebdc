using System.Net;
using System.Net.Sockets;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>A piece of network between two ranks. Cut, it carries nothing any more, and tells neither end.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _cut = new();
    private readonly List<TcpClient> _ends = [];
    private readonly string _target;

    /// <summary>Listens at once; the target may come later.</summary>
    public Relay(string target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => _listener.LocalEndpoint.ToString()!;

    public void Cut() => _cut.Cancel();

    public void Dispose()
    {
        _cut.Cancel();
        _listener.Dispose();
        lock (_ends) _ends.ForEach(end => end.Dispose());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                lock (_ends) _ends.AddRange([near, far]);
                await far.ConnectAsync(IPEndPoint.Parse(_target));
                _ = CarryAsync(near, far);
                _ = CarryAsync(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over, or nobody listens there.
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _cut.Token);
            to.Close();
        }
        catch (OperationCanceledException)
        {
            // Cut: both ends stay open and hear nothing.
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            to.Close();
        }
    }
}
