namespace Orleans.Runtime;

/// <summary>An enumeration under way at its grain. Asked for one batch at a time, within turns.</summary>
internal sealed class Enumeration<T> : Enumeration
{
    private const int LargestBatch = 100;

    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<T> _items;
    private Task<bool>? _moving;

    public Enumeration(IAsyncEnumerable<T> items, CancellationTokenSource stop)
    {
        _stop = stop;
        _items = items.GetAsyncEnumerator(stop.Token);
    }

    /// <summary>What is there at once, or the first that comes within a time. A failure comes after the items before it.</summary>
    public async ValueTask<EnumerationBatch<T>> NextAsync(TimeSpan patience)
    {
        List<T> items = [];
        _moving ??= _items.MoveNextAsync().AsTask();
        if (!_moving.IsCompleted)
            await Task.WhenAny(_moving, Task.Delay(patience, _stop.Token)).ConfigureAwait(true);
        while (_moving.IsCompleted && items.Count < LargestBatch)
        {
            if (items.Count > 0 && !_moving.IsCompletedSuccessfully)
                break;
            if (!await _moving.ConfigureAwait(true))
                return new([.. items], true);
            items.Add(_items.Current);
            _moving = _items.MoveNextAsync().AsTask();
        }

        return new([.. items], false);
    }

    public override async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(true);
        try
        {
            if (_moving is not null)
                await _moving.ConfigureAwait(true);
        }
        catch (Exception)
        {
            // The caller has gone: nobody is left to tell.
        }

        await _items.DisposeAsync().ConfigureAwait(true);
        _stop.Dispose();
    }
}
