namespace Granary.Silo.Artifacts;

/// <summary>
/// Content-addressed files: <c>ab/abcd…</c> holds the bytes whose SHA-256 is <c>abcd…</c>; <c>ab/abcd….partial</c> what an
/// interrupted upload left. A file under its name is whole and verified: it got there by a rename after the check. Thread-safe.
/// </summary>
internal sealed class ArtifactStore
{
    /// <summary>Bytes of an artifact at most.</summary>
    public const long MaxBytes = 64L << 30;

    private static readonly TimeSpan PartialsKept = TimeSpan.FromDays(7);

    private readonly string _root;
    private readonly Lock _gate = new();
    private readonly Dictionary<ArtifactHash, Turn> _turns = [];

    /// <param name="root">The folder; made when it is not there. What uploads left more than a week ago is removed.</param>
    /// <param name="time">Tells how old that is.</param>
    public ArtifactStore(string root, TimeProvider time)
    {
        _root = Directory.CreateDirectory(root).FullName;
        DateTimeOffset oldest = time.GetUtcNow() - PartialsKept;
        foreach (string partial in Directory.EnumerateFiles(_root, "*.partial", SearchOption.AllDirectories))
            if (File.GetLastWriteTimeUtc(partial) < oldest.UtcDateTime) File.Delete(partial);
    }

    /// <summary>What is stored of it.</summary>
    public ArtifactStat Stat(ArtifactHash hash)
    {
        var whole = new FileInfo(PathOf(hash));
        if (whole.Exists) return new ArtifactStat(true, whole.Length);
        var partial = new FileInfo(PartialOf(hash));
        return new ArtifactStat(false, partial.Exists ? partial.Length : 0);
    }

    /// <summary>Opens a whole artifact.</summary>
    /// <param name="hash">Its name.</param>
    /// <param name="offset">Where to begin reading, at most its size.</param>
    /// <exception cref="ArtifactException">It is not there, or the offset is beyond its end.</exception>
    public FileStream OpenRead(ArtifactHash hash, long offset)
    {
        FileStream file;
        try
        {
            file = new FileStream(
                PathOf(hash),
                new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous });
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArtifactException(ArtifactFault.Missing, $"There is no artifact {hash}: it was never uploaded whole.");
        }

        if (offset < 0 || offset > file.Length)
        {
            long length = file.Length;
            file.Dispose();
            throw new ArtifactException(ArtifactFault.OutOfRange, $"Artifact {hash} has {length} bytes; it cannot be read from {offset}.");
        }

        file.Position = offset;
        return file;
    }

    /// <summary>
    /// Begins or continues an upload; a second one of the same artifact waits for its turn. Answers null when the artifact is whole
    /// already.
    /// </summary>
    /// <param name="hash">The artifact's name.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="offset">Where this upload begins, at most what <see cref="Stat"/> tells; what is stored beyond is dropped.</param>
    /// <param name="cancellationToken">Gives up waiting for the turn.</param>
    /// <exception cref="ArtifactException">The size or offset cannot be right.</exception>
    public async Task<ArtifactUpload?> BeginAsync(ArtifactHash hash, long bytes, long offset, CancellationToken cancellationToken)
    {
        if (bytes is < 0 or > MaxBytes) throw Invalid($"Artifact {hash} is said to have {bytes} bytes; expected 0 to {MaxBytes}.");
        if (offset < 0 || offset > bytes) throw Invalid($"The upload of {hash} begins at {offset}; expected 0 to its size, {bytes}.");
        IDisposable turn = await TakeTurnAsync(hash, cancellationToken);
        try
        {
            ArtifactStat stat = Stat(hash);
            if (stat.Complete)
            {
                turn.Dispose();
                return null;
            }

            if (offset > stat.Bytes)
            {
                throw new ArtifactException(
                    ArtifactFault.OutOfRange,
                    $"The upload of {hash} begins at {offset}, but {stat.Bytes} bytes are stored. Ask Stat and go on from there.");
            }

            Directory.CreateDirectory(FolderOf(hash));
            var plan = new ArtifactUploadPlan(hash, PartialOf(hash), PathOf(hash), bytes, offset);
            return await ArtifactUpload.OpenAsync(plan, turn, cancellationToken);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private static ArtifactException Invalid(string message) => new(ArtifactFault.Invalid, message);

    private string FolderOf(ArtifactHash hash) => Path.Combine(_root, hash.Value[..2]);

    private string PathOf(ArtifactHash hash) => Path.Combine(FolderOf(hash), hash.Value);

    private string PartialOf(ArtifactHash hash) => PathOf(hash) + ".partial";

    private async Task<IDisposable> TakeTurnAsync(ArtifactHash hash, CancellationToken cancellationToken)
    {
        Turn turn;
        lock (_gate)
        {
            if (!_turns.TryGetValue(hash, out turn!)) _turns.Add(hash, turn = new Turn(this, hash));
            turn.Holders++;
        }

        try
        {
            await turn.Free.WaitAsync(cancellationToken);
            return new Release(turn);
        }
        catch
        {
            Forget(turn);
            throw;
        }
    }

    private void Forget(Turn turn)
    {
        lock (_gate)
        {
            if (--turn.Holders > 0) return;
            _turns.Remove(turn.Hash);
            turn.Free.Dispose();
        }
    }

    private sealed class Turn(ArtifactStore store, ArtifactHash hash)
    {
        public ArtifactStore Store { get; } = store;

        public ArtifactHash Hash { get; } = hash;

        public SemaphoreSlim Free { get; } = new(1, 1);

        public int Holders { get; set; }
    }

    private sealed class Release(Turn turn) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
            turn.Free.Release();
            turn.Store.Forget(turn);
        }
    }
}
