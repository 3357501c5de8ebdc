namespace Granary.Trainer.Collectives;

/// <summary>A lane to the right neighbour: keeps the order, and takes a bounded number of chunks before it makes the caller wait.</summary>
internal interface IRingSender : IAsyncDisposable
{
    /// <summary>Takes a copy of the data before it returns, and sends it.</summary>
    /// <param name="position">Where the chunk belongs.</param>
    /// <param name="data">Raw little-endian elements, at least one byte.</param>
    /// <param name="patience">How long to wait for room.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CollectiveException">The neighbour is gone, or took nothing for that long.</exception>
    ValueTask SendAsync(ChunkPosition position, ReadOnlySpan<byte> data, TimeSpan patience, CancellationToken cancellationToken);
}
