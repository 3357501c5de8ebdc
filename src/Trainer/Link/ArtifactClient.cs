using System.Security.Cryptography;
using Google.Protobuf;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Trainer.Link;

/// <summary>
/// Stores and fetches files in the silo's artifact store, by the SHA-256 of their bytes; goes on where an interrupted transfer stopped.
/// </summary>
/// <param name="calls">Calls that outlive a silo's restart.</param>
/// <param name="patience">How long to go on trying while the silo is away.</param>
internal sealed class ArtifactClient(SiloCalls calls, TimeSpan patience)
{
    private const int ChunkBytes = 512 << 10;
    private const int DamagedTransfers = 3;

    /// <summary>Stores a file; returns once it is whole and verified there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">SHA-256 of its bytes, lower-case hex.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="RpcException">The silo stayed away for too long, or the file is not what the hash says.</exception>
    public async Task StoreAsync(string path, string hash, CancellationToken cancellationToken)
    {
        for (var damaged = 0; ; damaged++)
        {
            try
            {
                await calls.CallAsync($"to store {Path.GetFileName(path)}", patience,
                    (channel, token) => UploadAsync(channel, path, hash, token), cancellationToken);
                return;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.DataLoss && damaged < DamagedTransfers)
            {
                // What an earlier, interrupted transfer left there was damaged; the silo has dropped it.
            }
        }
    }

    /// <summary>Fetches a file into a folder, unless it is there already.</summary>
    /// <param name="hash">SHA-256 of its bytes, lower-case hex: also the file's name.</param>
    /// <param name="folder">The folder, made when missing.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="RpcException">
    /// NOT_FOUND: it is not stored; DATA_LOSS: what arrives is something else; or the silo stayed away.
    /// </exception>
    public async Task<string> FetchAsync(string hash, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, hash);
        if (File.Exists(path) && await HashAsync(path, cancellationToken) == hash) return path;
        Directory.CreateDirectory(folder);
        var draft = $"{path}.part";
        for (var damaged = 0; damaged < DamagedTransfers; damaged++)
        {
            await calls.CallAsync($"to fetch artifact {hash}", patience, (channel, token) => DownloadAsync(channel, draft, hash, token),
                cancellationToken);
            if (await HashAsync(draft, cancellationToken) == hash)
            {
                File.Move(draft, path, overwrite: true);
                return path;
            }

            File.Delete(draft);
        }

        throw new RpcException(new Status(StatusCode.DataLoss,
            $"Artifact {hash} arrived {DamagedTransfers} times with other bytes than its name says: "
            + "the silo's artifact store is damaged."));
    }

    private static async Task<bool> UploadAsync(GrpcChannel channel, string path, string hash, CancellationToken cancellationToken)
    {
        var client = new Artifacts.ArtifactsClient(channel);
        var stored = await client.StatAsync(new StatRequest { Hash = hash }, cancellationToken: cancellationToken);
        if (stored.Complete) return true;
        await using var file = File.OpenRead(path);
        file.Position = Math.Min(stored.Bytes, file.Length);
        using var call = client.Upload(cancellationToken: cancellationToken);
        var header = new UploadHeader { Hash = hash, Bytes = file.Length, Offset = file.Position };
        try
        {
            await call.RequestStream.WriteAsync(new UploadPart { Header = header }, cancellationToken);
            var buffer = new byte[ChunkBytes];
            while (await file.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken) is > 0 and var read)
            {
                var chunk = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read));
                await call.RequestStream.WriteAsync(new UploadPart { Chunk = chunk }, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException)
        {
            // The silo ended the call early; its answer says why.
        }

        var reply = await call;
        return reply.Complete
            ? true
            : throw new RpcException(new Status(StatusCode.Aborted, $"{reply.Bytes} of {header.Bytes} bytes of {hash} arrived"));
    }

    private static async Task<bool> DownloadAsync(GrpcChannel channel, string draft, string hash, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(draft, FileMode.Append, FileAccess.Write);
        var request = new DownloadRequest { Hash = hash, Offset = file.Position };
        using var call = new Artifacts.ArtifactsClient(channel).Download(request, cancellationToken: cancellationToken);
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            await file.WriteAsync(call.ResponseStream.Current.Chunk.Memory, cancellationToken);
        }

        return true;
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
