using System.Threading.Channels;
using Granary.Silo.Metrics;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Silo.Watching;

/// <summary>
/// What one watcher has not been sent yet. A trial that changes twice waits once; measurements are bounded, and when they overflow,
/// or when many trials wait, everything is dropped and the whole sweep is due again. Thread-safe.
/// </summary>
internal sealed class WatchQueue : ISweepObserver
{
    private const int MostTrials = 1_000;
    // A step's values count as one, each of its layers as another: some 10 MB.
    private const int MostMeasured = 50_000;

    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Dictionary<TrialId, TrialSnapshot> _trials = [];
    private List<MetricBatch> _metrics = [];
    private SweepSummary? _summary;
    private int _measured;
    private bool _overflowed;

    public Task SweepChangedAsync(SweepSummary summary)
    {
        lock (_gate) _summary = summary;
        Signal();
        return Task.CompletedTask;
    }

    public Task TrialChangedAsync(TrialSnapshot trial)
    {
        lock (_gate)
        {
            TrialId id = trial.Definition.Id;
            if (!_trials.TryGetValue(id, out TrialSnapshot? known) || known.Version < trial.Version) _trials[id] = trial;
            if (_trials.Count > MostTrials) Overflow();
        }

        Signal();
        return Task.CompletedTask;
    }

    /// <summary>A trial measured steps.</summary>
    public void Measured(MetricBatch batch)
    {
        lock (_gate)
        {
            _metrics.Add(batch);
            _measured += batch.Steps.Sum(step => 1 + step.Layers.Count);
            if (_measured > MostMeasured) Overflow();
        }

        Signal();
    }

    /// <summary>Waits until something is due, and takes all of it.</summary>
    public async ValueTask<WatchNews> TakeAsync(CancellationToken cancellationToken)
    {
        await _signal.Reader.ReadAsync(cancellationToken);
        lock (_gate)
        {
            var news = new WatchNews(_overflowed, [.. _trials.Values], _summary, _metrics);
            Reset();
            return news;
        }
    }

    private void Overflow()
    {
        Reset();
        _overflowed = true;
    }

    private void Reset()
    {
        _trials = [];
        _metrics = [];
        _summary = null;
        _measured = 0;
        _overflowed = false;
    }

    private void Signal() => _signal.Writer.TryWrite(true);
}
