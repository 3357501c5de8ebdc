namespace Granary.Silo.Metrics;

/// <summary>Passes measured steps on to those who watch the sweep right now. Nothing is kept. Thread-safe.</summary>
internal sealed class MetricHub
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SweepId, List<Action<MetricBatch>>> _watchers = [];

    /// <summary>Hands <paramref name="watcher"/> every batch of the sweep until the result is disposed; it must return at once.</summary>
    public IDisposable Watch(SweepId sweep, Action<MetricBatch> watcher)
    {
        lock (_gate)
        {
            if (!_watchers.TryGetValue(sweep, out List<Action<MetricBatch>>? watchers)) _watchers.Add(sweep, watchers = []);
            watchers.Add(watcher);
        }

        return new Subscription(() => Remove(sweep, watcher));
    }

    /// <summary>Tells those who watch.</summary>
    public void Publish(MetricBatch batch)
    {
        Action<MetricBatch>[] watchers;
        lock (_gate) watchers = _watchers.TryGetValue(batch.Attempt.Trial.Sweep, out List<Action<MetricBatch>>? known) ? [.. known] : [];
        foreach (Action<MetricBatch> watcher in watchers) watcher(batch);
    }

    private void Remove(SweepId sweep, Action<MetricBatch> watcher)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(sweep, out List<Action<MetricBatch>>? watchers) && watchers.Remove(watcher) && watchers.Count == 0)
                _watchers.Remove(sweep);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
