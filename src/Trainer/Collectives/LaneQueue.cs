using System.Diagnostics;

namespace Granary.Trainer.Collectives;

/// <summary>
/// A bounded queue between the thread of a rank's collectives, which waits in place, and what feeds or empties it, which may wait
/// asynchronously. Each side is one at a time. Every wait ends with the ring.
/// </summary>
/// <param name="capacity">Items that wait at most.</param>
/// <param name="health">The ring's.</param>
internal sealed class LaneQueue<T>(int capacity, RingHealth health) : IDisposable
{
    // Only how late a broken ring is noticed depends on it: items wake the sleeper at once.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly LinkedList<T> _items = new();
    private readonly SemaphoreSlim _room = new(capacity);
    private readonly SemaphoreSlim _filled = new(0);

    /// <summary>Waits until one more item may be added.</summary>
    /// <returns>False when the patience is over.</returns>
    /// <exception cref="CollectiveException">The ring is broken.</exception>
    public bool WaitForRoom(LaneWait wait) => Wait(_room, wait);

    /// <inheritdoc cref="WaitForRoom(LaneWait)"/>
    public Task WaitForRoomAsync(CancellationToken cancellationToken) => WaitAsync(_room, cancellationToken);

    /// <summary>Adds an item, for which there is room.</summary>
    /// <param name="item">The item.</param>
    /// <param name="overtaking">It goes before the last one.</param>
    public void Add(T item, bool overtaking = false)
    {
        lock (_lock)
        {
            if (overtaking && _items.Last is { } last) _items.AddBefore(last, item);
            else _items.AddLast(item);
        }

        _filled.Release();
    }

    /// <summary>Waits for an item and takes it out; the room that it takes stays taken.</summary>
    /// <returns>Whether one came within the patience, and the item.</returns>
    /// <exception cref="CollectiveException">The ring is broken.</exception>
    public (bool Came, T Item) Take(LaneWait wait) => Wait(_filled, wait) ? (true, First()) : (false, default!);

    /// <inheritdoc cref="Take(LaneWait)"/>
    public async Task<T> TakeAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(_filled, cancellationToken);
        return First();
    }

    /// <summary>Gives the room of a taken item back.</summary>
    public void Free() => _room.Release();

    /// <summary>Nobody waits any more.</summary>
    public void Dispose()
    {
        _room.Dispose();
        _filled.Dispose();
    }

    private bool Wait(SemaphoreSlim change, LaneWait wait)
    {
        health.ThrowIfBroken();
        if (change.Wait(0, CancellationToken.None)) return true;
        var start = Stopwatch.GetTimestamp();
        do
        {
            wait.Token.ThrowIfCancellationRequested();
            if (change.Wait(Slice, CancellationToken.None)) return true;
            health.ThrowIfBroken();
        }
        while (wait.Patience == Timeout.InfiniteTimeSpan || Stopwatch.GetElapsedTime(start) < wait.Patience);

        return false;
    }

    private async Task WaitAsync(SemaphoreSlim change, CancellationToken cancellationToken)
    {
        health.ThrowIfBroken();
        if (change.Wait(0, CancellationToken.None)) return;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(health.Broken, cancellationToken);
        try
        {
            await change.WaitAsync(ends.Token);
        }
        catch (OperationCanceledException)
        {
            health.ThrowIfBroken();
            throw;
        }
    }

    private T First()
    {
        lock (_lock)
        {
            var item = _items.First!.Value;
            _items.RemoveFirst();
            return item;
        }
    }
}
