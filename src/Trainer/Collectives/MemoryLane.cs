namespace Granary.Trainer.Collectives;

/// <summary>
/// A lane inside one process: the twin of the other lanes, for tests and for ranks that share a process. It can be cut, held up, and made
/// to deliver in the wrong order.
/// </summary>
/// <param name="from">The sending rank.</param>
/// <param name="to">The receiving rank.</param>
/// <param name="capacity">Chunks that wait at most.</param>
/// <param name="health">Shared by all ranks of the ring: what breaks one breaks all, as an abort does between processes.</param>
internal sealed class MemoryLane(int from, int to, int capacity, RingHealth health) : ILaneSender, ILaneReceiver
{
    private readonly LaneQueue<(ChunkPosition Position, byte[] Data)> _chunks = new(capacity, health);
    private readonly ManualResetEventSlim _open = new(true);
    private byte[] _reserved = [];
    private volatile bool _overtaking;

    /// <inheritdoc/>
    public Span<byte> Reserve(int bytes, LaneWait wait)
    {
        if (!_chunks.WaitForRoom(wait)) throw health.Failed($"Rank {to} took nothing from rank {from} for {wait.Patience.TotalSeconds} s.");
        _reserved = new byte[bytes];
        return _reserved;
    }

    /// <inheritdoc/>
    public void Commit(ChunkPosition position) => _chunks.Add((position, _reserved), _overtaking);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive(out ChunkPosition position, LaneWait wait)
    {
        WaitUntilOpen();
        var (came, chunk) = _chunks.Take(wait);
        if (!came) throw health.Failed($"Rank {from} sent nothing to rank {to} for {wait.Patience.TotalSeconds} s.");
        position = chunk.Position;
        return chunk.Data;
    }

    /// <inheritdoc/>
    public void Release() => _chunks.Free();

    /// <summary>Loses the connection.</summary>
    public void Cut() => health.Fail($"The lane from rank {from} to rank {to} was cut.");

    /// <summary>Delivers nothing until <see cref="Resume"/>.</summary>
    public void Hold() => _open.Reset();

    /// <summary>Delivers again.</summary>
    public void Resume() => _open.Set();

    /// <summary>From now on, each chunk overtakes the one before it when that one is still under way.</summary>
    public void Overtake() => _overtaking = true;

    private void WaitUntilOpen()
    {
        try
        {
            _open.Wait(health.Broken);
        }
        catch (OperationCanceledException)
        {
            health.ThrowIfBroken();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
