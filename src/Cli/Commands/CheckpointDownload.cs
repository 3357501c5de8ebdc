using System.Security.Cryptography;
using Granary.V1;
using Grpc.Core;

namespace Granary.Cli.Commands;

/// <summary>Brings a checkpoint out of the artifact store: a safetensors file and its manifest beside it.</summary>
internal static class CheckpointDownload
{
    /// <summary>Writes the checkpoint to <paramref name="path"/> and its manifest to the same name with <c>.json</c>; whole files only.</summary>
    public static async Task FetchAsync(Artifacts.ArtifactsClient artifacts, Checkpoint checkpoint, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await FetchAsync(artifacts, checkpoint.Weights, path, cancellationToken);
        await FetchAsync(artifacts, checkpoint.Manifest, Path.ChangeExtension(path, ".json"), cancellationToken);
    }

    private static async Task FetchAsync(Artifacts.ArtifactsClient artifacts, string hash, string path, CancellationToken cancellationToken)
    {
        string draft = path + ".partial";
        try
        {
            string actual = await WriteAsync(artifacts, hash, draft, cancellationToken);
            if (!actual.Equals(hash, StringComparison.Ordinal))
            {
                throw new CliException($"The artifact {hash} arrived damaged; run the command again.");
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // The hash of what arrived.
    private static async Task<string> WriteAsync(
        Artifacts.ArtifactsClient artifacts, string hash, string draft, CancellationToken cancellationToken)
    {
        using IncrementalHash actual = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = new(draft, FileMode.Create);
        using AsyncServerStreamingCall<ArtifactChunk> call = artifacts.Download(new DownloadRequest { Hash = hash }, cancellationToken: cancellationToken);
        await foreach (ArtifactChunk chunk in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            actual.AppendData(chunk.Chunk.Span);
            await file.WriteAsync(chunk.Chunk.Memory, cancellationToken);
        }

        return Convert.ToHexStringLower(actual.GetHashAndReset());
    }
}
