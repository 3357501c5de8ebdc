using System.Security.Cryptography;
using Granary.V1;
using Grpc.Core;

namespace Granary.Dashboard.Explaining;

/// <summary>
/// Checkpoints brought out of the silo's artifact store, each a folder named by its manifest's hash. When there is too much, those
/// that were not used for longest go. One caller at a time.
/// </summary>
/// <param name="artifacts">The store.</param>
/// <param name="folder">Where to; made when missing.</param>
/// <param name="mostBytes">Bytes to keep at most.</param>
internal sealed class CheckpointCache(Artifacts.ArtifactsClient artifacts, string folder, long mostBytes)
{
    private const string WeightsName = "checkpoint.safetensors";
    private const string ManifestName = "checkpoint.json";

    /// <summary>The manifest of a checkpoint, its weights beside it; fetched when it is not there.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="ExplainException">It is too large, not stored any more, or arrives damaged.</exception>
    public async Task<string> FetchAsync(ExplainRequest request, CancellationToken cancellationToken)
    {
        if (request.Bytes > mostBytes)
        {
            throw new ExplainException(
                $"The checkpoint has {request.Bytes} bytes; the dashboard fetches at most {mostBytes}. Use granary explain.");
        }

        string own = Path.Combine(folder, request.Manifest);
        string manifest = Path.Combine(own, ManifestName);
        if (!File.Exists(manifest))
        {
            MakeRoom(request.Bytes);
            Directory.CreateDirectory(own);
            await FetchAsync(request.Weights, Path.Combine(own, WeightsName), cancellationToken);
            // Last: a folder with a manifest is whole.
            await FetchAsync(request.Manifest, manifest, cancellationToken);
        }

        Directory.SetLastWriteTimeUtc(own, TimeProvider.System.GetUtcNow().UtcDateTime);
        return manifest;
    }

    private async Task FetchAsync(string hash, string path, CancellationToken cancellationToken)
    {
        string draft = path + ".part";
        try
        {
            string actual = await DownloadAsync(hash, draft, cancellationToken);
            if (actual != hash)
            {
                throw new ExplainException($"The artifact {hash} arrived damaged; try again.");
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (RpcException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExplainException($"The silo did not give the checkpoint: {error.Status.Detail}");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task<string> DownloadAsync(string hash, string draft, CancellationToken cancellationToken)
    {
        using IncrementalHash actual = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = new(draft, FileMode.Create);
        using AsyncServerStreamingCall<ArtifactChunk> call =
            artifacts.Download(new DownloadRequest { Hash = hash }, cancellationToken: cancellationToken);
        long bytes = 0;
        await foreach (ArtifactChunk chunk in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            bytes += chunk.Chunk.Length;
            if (bytes > mostBytes)
            {
                throw new ExplainException($"The artifact {hash} has more than {mostBytes} bytes. Use granary explain.");
            }

            actual.AppendData(chunk.Chunk.Span);
            await file.WriteAsync(chunk.Chunk.Memory, cancellationToken);
        }

        return Convert.ToHexStringLower(actual.GetHashAndReset());
    }

    private void MakeRoom(long bytes)
    {
        Directory.CreateDirectory(folder);
        (DirectoryInfo Folder, long Bytes)[] kept =
        [
            .. new DirectoryInfo(folder).GetDirectories()
                .OrderBy(one => one.LastWriteTimeUtc)
                .Select(one => (one, one.GetFiles().Sum(file => file.Length))),
        ];
        long sum = kept.Sum(one => one.Bytes);
        foreach ((DirectoryInfo oldest, long size) in kept)
        {
            if (sum + bytes <= mostBytes)
            {
                return;
            }

            oldest.Delete(recursive: true);
            sum -= size;
        }
    }
}
