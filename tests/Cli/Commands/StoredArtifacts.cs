using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Granary.V1;
using Grpc.Core;

namespace Granary.Cli.Tests.Commands;

/// <summary>Artifacts in memory, sent in chunks of a few bytes; some damaged on the way, some cut off.</summary>
internal sealed class StoredArtifacts : Artifacts.ArtifactsBase
{
    private const int ChunkBytes = 5;

    private readonly ConcurrentDictionary<string, byte[]> _contents = new();

    /// <summary>The artifact whose first byte flips on the way.</summary>
    public string? Damaged { get; set; }

    /// <summary>The artifact whose stream breaks after the first chunk.</summary>
    public string? Broken { get; set; }

    /// <summary>Keeps an artifact; returns its hash.</summary>
    public string Add(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        _contents[hash] = content;
        return hash;
    }

    public override async Task Download(
        DownloadRequest request, IServerStreamWriter<ArtifactChunk> responseStream, ServerCallContext context)
    {
        byte[] content = [.. _contents[request.Hash]];
        content[0] ^= (byte)(request.Hash == Damaged ? 1 : 0);
        foreach (byte[] chunk in content.Chunk(ChunkBytes))
        {
            await responseStream.WriteAsync(new ArtifactChunk { Chunk = ByteString.CopyFrom(chunk) }, context.CancellationToken);
            if (request.Hash == Broken)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "the silo restarts"));
            }
        }
    }
}
