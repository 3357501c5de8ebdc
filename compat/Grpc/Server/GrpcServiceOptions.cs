using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>Options of all services of a host.</summary>
public class GrpcServiceOptions
{
    private int? _maxSendMessageSize;
    private int? _maxReceiveMessageSize;

    /// <summary>The largest response in bytes; null, the default, for no limit.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set
        {
            _maxSendMessageSize = value;
            MaxSendMessageSizeIsSet = true;
        }
    }

    /// <summary>The largest request in bytes; 4 MiB by default; null for no limit.</summary>
    public int? MaxReceiveMessageSize
    {
        get => MaxReceiveMessageSizeIsSet ? _maxReceiveMessageSize : MessageLimits.DefaultReceive;
        set
        {
            _maxReceiveMessageSize = value;
            MaxReceiveMessageSizeIsSet = true;
        }
    }

    /// <summary>
    /// Whether the message of an exception that a handler did not catch reaches the caller; null and false keep it on the server, as it
    /// may hold secrets.
    /// </summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The encoding that responses are compressed with where the caller accepts it, such as <c>gzip</c>; null for none.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>The level of the compression; null for the provider's own.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Compression algorithms besides gzip and deflate.</summary>
    public IList<ICompressionProvider> CompressionProviders { get; } = [];

    /// <summary>Whether calls of unknown services go to other endpoints and are not answered with Unimplemented; null for false.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>Run around each call, the first one outermost.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool MaxSendMessageSizeIsSet { get; private set; }

    internal bool MaxReceiveMessageSizeIsSet { get; private set; }
}
