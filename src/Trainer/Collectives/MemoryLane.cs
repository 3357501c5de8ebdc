namespace Granary.Trainer.Collectives;

/// <summary>A lane inside one process: the twin of the gRPC lane, for tests and for ranks that share a process. It can be cut.</summary>
/// <param name="from">The sending rank.</param>
/// <param name="to">The receiving rank.</param>
/// <param name="capacity">Chunks that wait at most.</param>
/// <param name="health">Shared by all ranks of the ring: what breaks one breaks all, as an abort does between processes.</param>
internal sealed class MemoryLane(int from, int to, int capacity, RingHealth health) : IRingSender, IRingReceiver
{
    private readonly LaneQueue<RingChunk> _chunks = new(capacity, health);

    /// <inheritdoc/>
    public ValueTask SendAsync(ChunkPosition position, ReadOnlySpan<byte> data, TimeSpan patience, CancellationToken cancellationToken) =>
        PutAsync(new RingChunk(position, data.ToArray()), patience, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<RingChunk> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var (came, chunk) = await _chunks.TakeAsync(patience, cancellationToken);
        return came ? chunk : throw health.Failed($"Rank {from} sent nothing to rank {to} for {patience.TotalSeconds} s.");
    }

    /// <summary>Loses the connection.</summary>
    public void Cut() => health.Fail($"The lane from rank {from} to rank {to} was cut.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask PutAsync(RingChunk chunk, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (await _chunks.PutAsync(chunk, patience, cancellationToken)) return;
        throw health.Failed($"Rank {to} took nothing from rank {from} for {patience.TotalSeconds} s.");
    }
}
