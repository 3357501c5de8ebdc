using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Granary.Silo.Hosting;

/// <summary>Where the silo's web server listens; the real ports are known once it has started.</summary>
internal sealed class SiloListeners
{
    private ListenOptions? _grpc;
    private ListenOptions? _http;

    /// <summary>The gRPC services.</summary>
    public IPEndPoint Grpc => _grpc!.IPEndPoint!;

    /// <summary>Metrics and health.</summary>
    public IPEndPoint Http => _http!.IPEndPoint!;

    /// <summary>Tells the server where to listen, and bounds what one connection may take.</summary>
    public void Configure(KestrelServerOptions kestrel, SiloOptions options)
    {
        kestrel.AddServerHeader = false;
        // Streams last as long as their sweep; messages have a limit of their own.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 8 << 20;
        kestrel.Limits.Http2.InitialStreamWindowSize = 2 << 20;
        // Finds peers that vanished without a word.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(ListenAddress.Parse(options.Grpc), listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            _grpc = listen;
        });
        kestrel.Listen(ListenAddress.Parse(options.Http), listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            _http = listen;
        });
    }
}
