namespace Granary.Trainer.Collectives;

/// <summary>The sending end of a lane of several streams: chunks go out over each in turn.</summary>
/// <param name="streams">In the order of the receiver's; given back with the lane.</param>
internal sealed class StripedSender(IReadOnlyList<ILaneSender> streams) : ILaneSender
{
    private int _next;

    /// <inheritdoc/>
    public Span<byte> Reserve(int bytes, LaneWait wait) => streams[_next].Reserve(bytes, wait);

    /// <inheritdoc/>
    public void Commit(ChunkPosition position)
    {
        streams[_next].Commit(position);
        _next = (_next + 1) % streams.Count;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Task.WhenAll(streams.Select(stream => stream.DisposeAsync().AsTask()));
}
