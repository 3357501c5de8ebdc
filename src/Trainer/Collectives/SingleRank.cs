namespace Granary.Trainer.Collectives;

/// <summary>The collectives of a rank that is alone: nothing to exchange, nobody to wait for.</summary>
internal sealed class SingleRank : ICollective
{
    private readonly CancellationTokenSource _broken = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int WorldSize => 1;

    /// <inheritdoc/>
    public string Activity { get; set; } = "";

    /// <inheritdoc/>
    public CollectiveException? Failure { get; private set; }

    /// <inheritdoc/>
    public CancellationToken Broken => _broken.Token;

    /// <inheritdoc/>
    public Task AllReduceAsync(Memory<float> values, ReduceKind kind, TimeSpan patience, CancellationToken cancellationToken) => Ended(cancellationToken);

    /// <inheritdoc/>
    public Task AllReduceAsync(IDeviceValues values, TimeSpan patience, CancellationToken cancellationToken) => Ended(cancellationToken);

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
    public void Abort(string reason)
    {
        Failure ??= new CollectiveException($"Rank 0 gave up: {reason}");
        _broken.Cancel();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _broken.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task Ended(CancellationToken cancellationToken) =>
        Failure is { } failure ? Task.FromException(failure)
        : cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken)
        : Task.CompletedTask;
}
