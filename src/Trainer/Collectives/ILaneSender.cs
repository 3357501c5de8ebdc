namespace Granary.Trainer.Collectives;

/// <summary>
/// A lane to another rank: keeps the order, and takes a bounded number of chunks before it makes the caller wait. Used by one thread.
/// </summary>
internal interface ILaneSender : IAsyncDisposable
{
    /// <summary>Memory of the lane in which the caller builds the next chunk; nothing is sent before <see cref="Commit"/>.</summary>
    /// <param name="bytes">Bytes of the chunk, 1 to the ring's chunk size.</param>
    /// <param name="wait">For room.</param>
    /// <exception cref="CollectiveException">The ring is broken, or the rank took nothing for that long.</exception>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    Span<byte> Reserve(int bytes, LaneWait wait);

    /// <summary>Sends the reserved chunk.</summary>
    /// <param name="position">Where it belongs.</param>
    void Commit(ChunkPosition position);
}
