using System.Collections.Concurrent;
using Google.Protobuf;
using Granary.V1;
using Grpc.Core;

namespace Granary.Dashboard.Tests.Explaining;

/// <summary>The silo's Artifacts service over files in memory: a test says what is stored, and under which hash.</summary>
internal sealed class ScriptedArtifacts : Artifacts.ArtifactsBase
{
    public ConcurrentDictionary<string, byte[]> Stored { get; } = new();

    /// <summary>Downloads so far, by hash.</summary>
    public ConcurrentQueue<string> Downloaded { get; } = new();

    public override async Task Download(
        DownloadRequest request, IServerStreamWriter<ArtifactChunk> responseStream, ServerCallContext context)
    {
        Downloaded.Enqueue(request.Hash);
        if (!Stored.TryGetValue(request.Hash, out byte[]? bytes))
        {
            throw new RpcException(new Status(StatusCode.NotFound, $"There is no artifact {request.Hash}."));
        }

        foreach (byte[] chunk in bytes.Chunk(64 << 10))
        {
            await responseStream.WriteAsync(new ArtifactChunk { Chunk = ByteString.CopyFrom(chunk) }, context.CancellationToken);
        }
    }
}
