using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>What a channel is made with.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Makes the default options.</summary>
    public GrpcChannelOptions()
    {
    }

    /// <summary>How the connection is protected, and credentials of all calls; null to go by the address's scheme.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>The largest request in bytes; null, the default, for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The largest response in bytes; 4 MiB by default; null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = MessageLimits.DefaultReceive;

    /// <summary>The compression algorithms; null for gzip and deflate. Requests are sent plain unless a call asks otherwise.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>The client to send with; null for one of the channel's own. Excludes <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler to send with; null for one of the channel's own. Excludes <see cref="HttpClient"/>.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>
    /// Whether disposing the channel disposes <see cref="HttpClient"/> or <see cref="HttpHandler"/>; false by default.
    /// A handler of the channel's own is always disposed.
    /// </summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>
    /// Whether a call that is cancelled or passes its deadline throws <see cref="OperationCanceledException"/> instead of
    /// <see cref="RpcException"/>; false by default.
    /// </summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Whether credentials of calls are sent without TLS too, where others can read them; false by default.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }
}
