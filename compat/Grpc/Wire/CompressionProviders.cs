using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Wire;

/// <summary>The compression algorithms that one side of a channel knows.</summary>
internal sealed class CompressionProviders
{
    private readonly Dictionary<string, ICompressionProvider> _byName;

    /// <summary>The first provider of a name wins.</summary>
    public CompressionProviders(IEnumerable<ICompressionProvider> providers)
    {
        _byName = new(StringComparer.Ordinal);
        foreach (ICompressionProvider provider in providers)
        {
            _byName.TryAdd(provider.EncodingName, provider);
        }

        AcceptEncoding = string.Join(',', _byName.Keys.Prepend(GrpcHeaders.Identity));
    }

    /// <summary>gzip and deflate, at the speed that a network call asks for.</summary>
    public static IReadOnlyList<ICompressionProvider> DefaultProviders { get; } =
        [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];

    public static CompressionProviders Default { get; } = new(DefaultProviders);

    /// <summary>The value of <c>grpc-accept-encoding</c>.</summary>
    public string AcceptEncoding { get; }

    /// <summary>The provider of an encoding; null for identity, and where no encoding is named.</summary>
    /// <exception cref="RpcException">Unimplemented: there is no such provider.</exception>
    public ICompressionProvider? Find(string? encoding) => encoding switch
    {
        null or "" or GrpcHeaders.Identity => null,
        _ when _byName.TryGetValue(encoding, out ICompressionProvider? provider) => provider,
        _ => throw new RpcException(new Status(
            StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {AcceptEncoding}")),
    };
}
