using System.Buffers;
using System.Security.Cryptography;

namespace Granary.Silo.Artifacts;

/// <summary>An upload under way. Disposing it early keeps what has arrived, so that it can be continued. Not thread-safe.</summary>
internal sealed class ArtifactUpload : IAsyncDisposable
{
    private const int BlockBytes = 1 << 20;

    private readonly ArtifactUploadPlan _plan;
    private readonly IDisposable _turn;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ArtifactUpload(ArtifactUploadPlan plan, IDisposable turn, FileStream file)
    {
        _plan = plan;
        _turn = turn;
        _file = file;
    }

    /// <summary>Opens what is stored and hashes the bytes before the offset.</summary>
    /// <param name="plan">The upload.</param>
    /// <param name="turn">Disposed with the upload.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ArtifactUpload> OpenAsync(ArtifactUploadPlan plan, IDisposable turn, CancellationToken cancellationToken)
    {
        var file = new FileStream(plan.Partial, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
        var upload = new ArtifactUpload(plan, turn, file);
        try
        {
            file.SetLength(plan.Offset);
            await upload.HashStoredAsync(cancellationToken);
            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="ArtifactException">More bytes come than the artifact has; nothing of it is kept.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        if (_file.Position + chunk.Length > _plan.Bytes)
        {
            Discard();
            throw new ArtifactException(ArtifactFault.Invalid,
                $"Artifact {_plan.Hash} is said to have {_plan.Bytes} bytes, but more arrived. Nothing of it is kept.");
        }

        _hash.AppendData(chunk.Span);
        await _file.WriteAsync(chunk, cancellationToken);
    }

    /// <summary>Ends the upload: verifies the artifact and puts it in place, or keeps its beginning when bytes are missing.</summary>
    /// <exception cref="ArtifactException">The bytes do not hash to the name; nothing of it is kept.</exception>
    public ArtifactStat Complete()
    {
        if (_file.Position < _plan.Bytes) return new ArtifactStat(false, _file.Position);
        ArtifactHash actual = ArtifactHash.Of(_hash.GetCurrentHash());
        if (actual != _plan.Hash)
        {
            Discard();
            throw new ArtifactException(ArtifactFault.Corrupt,
                $"The {_plan.Bytes} bytes of artifact {_plan.Hash} hash to {actual}. Nothing of it is kept: upload it again from 0.");
        }

        _file.Flush(flushToDisk: true);
        File.Move(_plan.Partial, _plan.Final, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(_plan.Final)!);
        return new ArtifactStat(true, _plan.Bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _hash.Dispose();
        _turn.Dispose();
    }

    private async Task HashStoredAsync(CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            while (_file.Position < _plan.Offset)
            {
                int read = await _file.ReadAsync(block.AsMemory(0, BlockBytes), cancellationToken);
                if (read == 0) throw new IOException($"{_plan.Partial} ended at {_file.Position} of {_plan.Offset} bytes.");
                _hash.AppendData(block, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void Discard() => File.Delete(_plan.Partial);
}
