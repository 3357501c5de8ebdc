namespace Granary.Trainer.Collectives;

/// <summary>A lane from the left neighbour: hands out its chunks in the order they were sent.</summary>
internal interface IRingReceiver : IAsyncDisposable
{
    /// <summary>Takes the next chunk.</summary>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CollectiveException">The neighbour is gone, or sent nothing for that long.</exception>
    ValueTask<RingChunk> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken);
}
