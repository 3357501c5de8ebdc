namespace Orleans.Runtime;

/// <summary>The enumerations under way at one activation. Within its turns.</summary>
internal sealed class EnumerationTable(Silo silo) : IAsyncDisposable
{
    private readonly Dictionary<Guid, Enumeration> _enumerations = [];

    public bool IsEmpty => _enumerations.Count == 0;

    public void Add(Guid id, Enumeration enumeration)
    {
        enumeration.LastUse = silo.Now;
        _enumerations.Add(id, enumeration);
    }

    public async ValueTask<EnumerationBatch<T>> NextAsync<T>(Guid id)
    {
        if (!_enumerations.TryGetValue(id, out var known) || known is not Enumeration<T> enumeration)
            throw new InvalidOperationException("The enumeration has ended: its grain was deactivated, or nobody asked for its items for too long.");
        try
        {
            var batch = await enumeration.NextAsync(silo.Patience).ConfigureAwait(true);
            enumeration.LastUse = silo.Now;
            if (batch.IsDone)
                await StopAsync(id).ConfigureAwait(true);
            return batch;
        }
        catch (Exception)
        {
            await StopAsync(id).ConfigureAwait(true);
            throw;
        }
    }

    public async Task StopAsync(Guid id)
    {
        if (_enumerations.Remove(id, out var enumeration))
            await enumeration.StopAsync().ConfigureAwait(true);
    }

    /// <summary>Ends what its caller has left without saying so.</summary>
    public async Task StopForgottenAsync()
    {
        long oldest = silo.Now - (4 * (long)silo.Patience.TotalMilliseconds);
        foreach (var id in _enumerations.Where(e => e.Value.LastUse < oldest).Select(static e => e.Key).ToArray())
            await StopAsync(id).ConfigureAwait(true);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in _enumerations.Keys.ToArray())
            await StopAsync(id).ConfigureAwait(true);
    }
}
