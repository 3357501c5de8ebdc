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

    /// <summary>Tells those who watch; without histograms, which are read when somebody looks at a layer.</summary>
    public void Publish(MetricBatch batch)
    {
        Action<MetricBatch>[] watchers;
        lock (_gate) watchers = _watchers.TryGetValue(batch.Attempt.Trial.Sweep, out List<Action<MetricBatch>>? known) ? [.. known] : [];
        if (watchers.Length == 0) return;
        MetricBatch light = batch with { Steps = [.. batch.Steps.Select(WithoutHistograms)] };
        foreach (Action<MetricBatch> watcher in watchers) watcher(light);
    }

    private static V1.StepMetrics WithoutHistograms(V1.StepMetrics step)
    {
        if (step.Layers.All(layer => layer.Histogram is null)) return step;
        var light = new V1.StepMetrics { Step = step.Step, Epoch = step.Epoch, UnixMilliseconds = step.UnixMilliseconds, Health = step.Health };
        light.Values.Add(step.Values);
        light.Layers.Add(step.Layers.Select(LayerTable.WithoutHistogram));
        return light;
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
