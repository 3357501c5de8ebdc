using System.Threading.Channels;

namespace Granary.Trainer.Collectives;

/// <summary>A bounded queue between a rank and one of its lanes: one producer, one consumer. Every wait ends with the ring.</summary>
/// <param name="capacity">Items that wait at most.</param>
/// <param name="health">The ring's.</param>
internal sealed class LaneQueue<T>(int capacity, RingHealth health)
{
    private readonly Channel<T> _items =
        Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="patience">How long to wait for room.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there was no room for that long.</returns>
    /// <exception cref="CollectiveException">The ring is broken, or broke meanwhile.</exception>
    public async ValueTask<bool> PutAsync(T item, TimeSpan patience, CancellationToken cancellationToken)
    {
        health.ThrowIfBroken();
        while (!_items.Writer.TryWrite(item))
        {
            if (!await WaitAsync(_items.Writer.WaitToWriteAsync, patience, cancellationToken)) return false;
        }

        return true;
    }

    /// <summary>Takes the oldest item.</summary>
    /// <param name="patience">How long to wait for one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether one came within that time, and the item.</returns>
    /// <exception cref="CollectiveException">The ring is broken, or broke meanwhile.</exception>
    public async ValueTask<(bool Came, T? Item)> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        health.ThrowIfBroken();
        T? item;
        while (!_items.Reader.TryRead(out item))
        {
            if (!await WaitAsync(_items.Reader.WaitToReadAsync, patience, cancellationToken)) return (false, default);
        }

        return (true, item);
    }

    private async ValueTask<bool> WaitAsync(
        Func<CancellationToken, ValueTask<bool>> change, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(health.Broken, cancellationToken);
        if (patience != Timeout.InfiniteTimeSpan) ends.CancelAfter(patience);
        try
        {
            return await change(ends.Token);
        }
        catch (OperationCanceledException)
        {
            health.ThrowIfBroken();
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
