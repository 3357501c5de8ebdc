using Granary.V1;

namespace Granary.Cli.Watching;

/// <summary>One sweep as this command knows it: what the Watch stream told so far. Thread-safe.</summary>
internal sealed class SweepProgress(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, TrialProgress> _trials = [];
    private readonly long _began = time.GetTimestamp();
    private Sweep? _sweep;
    private double _shareAtStart = double.NaN;

    /// <summary>The sweep, without its trials; null before the stream's first event.</summary>
    public Sweep? Sweep
    {
        get
        {
            lock (_lock)
            {
                return _sweep;
            }
        }
    }

    public IReadOnlyList<TrialProgress> Trials
    {
        get
        {
            lock (_lock)
            {
                return [.. _trials.Values];
            }
        }
    }

    /// <summary>Takes one event; returns the trial it changed, with what was known before.</summary>
    public (TrialProgress? Before, TrialProgress After)? Take(SweepEvent change)
    {
        lock (_lock)
        {
            switch (change.EventCase)
            {
                case SweepEvent.EventOneofCase.Sweep:
                    _sweep = change.Sweep;
                    foreach (Trial trial in change.Sweep.Trials)
                    {
                        Take(trial);
                    }

                    _shareAtStart = double.IsNaN(_shareAtStart) ? Share() : _shareAtStart;
                    return null;
                case SweepEvent.EventOneofCase.Summary:
                    _sweep = change.Summary;
                    return null;
                case SweepEvent.EventOneofCase.Trial:
                    return Take(change.Trial);
                case SweepEvent.EventOneofCase.Metrics:
                    TakeMetrics(change.Metrics);
                    return null;
                default:
                    return null;
            }
        }
    }

    /// <summary>Share of the whole sweep that is done, 0 to 1: every planned trial counts the same.</summary>
    public double Share()
    {
        lock (_lock)
        {
            int planned = Math.Max(_sweep?.PlannedTrials ?? 0, Math.Max(1, _trials.Count));
            return _trials.Values.Sum(trial => trial.Share) / planned;
        }
    }

    /// <summary>Time since this command began to watch.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>Time left if the rest goes as fast as what this command saw; null while it has seen too little.</summary>
    public TimeSpan? Left()
    {
        double share = Share();
        double seen = share - _shareAtStart;
        // NaN before the first snapshot.
        return !(seen >= 0.02) ? null : TimeSpan.FromSeconds(Elapsed.TotalSeconds * (1 - share) / seen);
    }

    private (TrialProgress? Before, TrialProgress After)? Take(Trial trial)
    {
        TrialProgress? before = _trials.GetValueOrDefault(trial.Number);
        if (before is not null && before.Trial.Version > trial.Version)
        {
            return null;
        }

        bool sameAttempt = before?.Trial.Attempt == trial.Attempt;
        TrialProgress after = new(trial, sameAttempt ? before?.Step : null);
        _trials[trial.Number] = after;
        return (before, after);
    }

    private void TakeMetrics(TrialMetrics metrics)
    {
        int number = int.TryParse(metrics.Trial.AsSpan(metrics.Trial.LastIndexOf('/') + 1), out int parsed) ? parsed : 0;
        if (metrics.Steps.Count > 0 && _trials.TryGetValue(number, out TrialProgress? trial) && metrics.Attempt >= trial.Trial.Attempt)
        {
            _trials[number] = trial with { Step = metrics.Steps[^1] };
        }
    }
}
