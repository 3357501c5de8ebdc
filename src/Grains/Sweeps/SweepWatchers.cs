using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Grains.Sweeps;

/// <summary>
/// Those who watch a sweep, and what they have not been told yet. Changes of a trial that come faster than they can be told are told
/// as one, the last. Whoever does not answer is dropped: it looks at the sweep again when it subscribes again.
/// </summary>
/// <param name="life">A subscription ends after this long unless it is renewed.</param>
internal sealed class SweepWatchers(TimeSpan life)
{
    private const int MostWatchers = 1_000;

    private readonly Dictionary<ISweepObserver, DateTimeOffset> _expiry = [];
    private readonly SortedSet<int> _trials = [];
    private bool _sweep;

    public void Add(ISweepObserver observer, DateTimeOffset now)
    {
        Expire(now);
        if (_expiry.Count >= MostWatchers && !_expiry.ContainsKey(observer))
            throw new InvalidOperationException($"The sweep has {MostWatchers} watchers; no more are taken.");
        _expiry[observer] = now + life;
    }

    public void Remove(ISweepObserver observer) => _expiry.Remove(observer);

    public void TrialChanged(int number)
    {
        if (_expiry.Count > 0)
            _trials.Add(number);
        _sweep = true;
    }

    public void SweepChanged() => _sweep = true;

    /// <summary>Tells everybody everything that has changed since the last time.</summary>
    /// <param name="sweep">The sweep as it is now.</param>
    /// <param name="trial">A trial as it is now, by number.</param>
    /// <param name="now">The time.</param>
    public async Task TellAsync(Func<SweepSummary> sweep, Func<int, TrialSnapshot> trial, DateTimeOffset now)
    {
        Expire(now);
        int[] numbers = _trials.ToArray();
        bool summary = _sweep;
        _trials.Clear();
        _sweep = false;
        if (_expiry.Count == 0 || (numbers.Length == 0 && !summary))
            return;

        TrialSnapshot[] trials = numbers.Select(trial).ToArray();
        SweepSummary? row = summary ? sweep() : null;
        await Task.WhenAll(_expiry.Keys.ToArray().Select(observer => TellAsync(observer, row, trials)));
    }

    private async Task TellAsync(ISweepObserver observer, SweepSummary? sweep, TrialSnapshot[] trials)
    {
        try
        {
            foreach (TrialSnapshot trial in trials)
                await observer.TrialChangedAsync(trial);
            if (sweep is not null)
                await observer.SweepChangedAsync(sweep);
        }
        catch (Exception)
        {
            _expiry.Remove(observer);
        }
    }

    private void Expire(DateTimeOffset now)
    {
        foreach (ISweepObserver late in _expiry.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToArray())
            _expiry.Remove(late);
    }
}
