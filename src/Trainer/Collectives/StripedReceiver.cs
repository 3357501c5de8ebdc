namespace Granary.Trainer.Collectives;

/// <summary>The receiving end of a lane of several streams: chunks are taken from each in turn, so they come in the order they were sent.</summary>
/// <param name="streams">In the order of the sender's; given back with the lane.</param>
internal sealed class StripedReceiver(IReadOnlyList<ILaneReceiver> streams) : ILaneReceiver
{
    private int _next;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive(out ChunkPosition position, LaneWait wait) => streams[_next].Receive(out position, wait);

    /// <inheritdoc/>
    public void Release()
    {
        streams[_next].Release();
        _next = (_next + 1) % streams.Count;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Task.WhenAll(streams.Select(stream => stream.DisposeAsync().AsTask()));
}
