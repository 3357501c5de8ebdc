using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses and decompresses messages with one algorithm. Thread-safe.</summary>
public interface ICompressionProvider
{
    /// <summary>The algorithm's name in <c>grpc-encoding</c> and <c>grpc-accept-encoding</c>, such as <c>gzip</c>.</summary>
    string EncodingName { get; }

    /// <summary>Makes a stream that compresses.</summary>
    /// <param name="stream">Takes the compressed bytes; stays open.</param>
    /// <param name="compressionLevel">The level; null for the provider's own.</param>
    /// <returns>A stream to write the plain bytes to.</returns>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Makes a stream that decompresses.</summary>
    /// <param name="stream">Gives the compressed bytes; stays open.</param>
    /// <returns>A stream to read the plain bytes from.</returns>
    Stream CreateDecompressionStream(Stream stream);
}
