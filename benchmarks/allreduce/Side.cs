using System.Net;
using System.Net.Sockets;

namespace Granary.Benchmarks.AllReduce;

/// <summary>One way to sum tensors over processes.</summary>
/// <param name="Name">For the table and the command line.</param>
internal sealed record Side(string Name)
{
    /// <summary>Gloo over TCP, as PyTorch uses it on CPUs.</summary>
    public static readonly Side Gloo = new("gloo");

    /// <summary>The peer first.</summary>
    public static readonly IReadOnlyList<Side> All = [Gloo, new("shared-memory"), new("grpc"), new("grpc-bf16"), new("http2")];

    /// <summary>Starts its processes.</summary>
    /// <param name="ranks">How many.</param>
    /// <param name="python">The interpreter that has torch.</param>
    public async Task<Gang> StartAsync(int ranks, string python)
    {
        if (this != Gloo)
        {
            var own = new Gang(ranks, Environment.ProcessPath!, rank => ["rank", Name, $"{rank}", $"{ranks}"]);
            IReadOnlyList<string> endpoints = await own.ReadAsync();
            await own.WriteAsync(_ => string.Join(' ', endpoints));
            return own;
        }

        var peer = new Gang(ranks, python, _ => [Path.Combine(AppContext.BaseDirectory, "peer.py")]);
        await peer.ReadAsync();
        int port = FreePort();
        await peer.WriteAsync(rank => $"{rank} {ranks} {port}");
        return peer;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
