namespace Granary.Trainer.Collectives;

/// <summary>A lane from another rank: hands out its chunks in the order they were sent. Used by one thread.</summary>
internal interface ILaneReceiver : IAsyncDisposable
{
    /// <summary>The next chunk, in the lane's own memory until <see cref="Release"/>.</summary>
    /// <param name="position">Where its sender says that it belongs.</param>
    /// <param name="wait">For the chunk.</param>
    /// <exception cref="CollectiveException">The ring is broken, or the rank sent nothing for that long.</exception>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    ReadOnlySpan<byte> Receive(out ChunkPosition position, LaneWait wait);

    /// <summary>Gives the memory of the last received chunk back to the lane.</summary>
    void Release();
}
