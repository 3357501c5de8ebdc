namespace Granary.Trainer.Collectives;

/// <summary>The collectives of a rank that is alone: nothing to exchange, nobody to wait for.</summary>
internal sealed class SingleRank : ICollective
{
    private string? _aborted;

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int WorldSize => 1;

    /// <inheritdoc/>
    public string Activity { get; set; } = "";

    /// <inheritdoc/>
    public Task AllReduceAsync(Memory<float> values, ReduceKind kind, TimeSpan patience, CancellationToken cancellationToken) => Ended(cancellationToken);

    /// <inheritdoc/>
    public Task AllGatherAsync(ReadOnlyMemory<byte> own, Memory<byte> all, TimeSpan patience, CancellationToken cancellationToken)
    {
        own.CopyTo(all);
        return Ended(cancellationToken);
    }

    /// <inheritdoc/>
    public Task BroadcastAsync(Memory<byte> bytes, TimeSpan patience, CancellationToken cancellationToken) => Ended(cancellationToken);

    /// <inheritdoc/>
    public Task BarrierAsync(TimeSpan patience, CancellationToken cancellationToken) => Ended(cancellationToken);

    /// <inheritdoc/>
    public void Abort(string reason) => _aborted ??= $"Rank 0 gave up: {reason}";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Ended(CancellationToken cancellationToken) =>
        _aborted is { } reason ? Task.FromException(new CollectiveException(reason))
        : cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken)
        : Task.CompletedTask;
}
