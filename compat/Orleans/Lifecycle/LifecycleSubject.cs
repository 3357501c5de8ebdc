namespace Orleans.Runtime;

/// <summary>Runs observers by stage: upwards at the start, downwards through the started ones at the stop.</summary>
internal class LifecycleSubject : ILifecycleObservable
{
    private readonly List<Subscription> _subscriptions = [];
    private int? _startedUpTo;

    public bool IsEmpty
    {
        get
        {
            lock (_subscriptions)
                return _subscriptions.Count == 0;
        }
    }

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, observerName, stage, observer);
        lock (_subscriptions)
            _subscriptions.Add(subscription);
        return subscription;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in Stages(static _ => true).OrderBy(static s => s.Key))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _startedUpTo = stage.Key;
            await Task.WhenAll(stage.Select(s => s.Observer.OnStart(cancellationToken))).ConfigureAwait(true);
        }
    }

    /// <summary>Stops every started stage; the failures of all of them are handed on together.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_startedUpTo is not { } last)
            return;
        _startedUpTo = null;
        List<Exception> failures = [];
        foreach (var stage in Stages(s => s.Stage <= last).OrderByDescending(static s => s.Key))
        {
            try
            {
                await Task.WhenAll(stage.Select(s => s.Observer.OnStop(cancellationToken))).ConfigureAwait(true);
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    private IGrouping<int, Subscription>[] Stages(Func<Subscription, bool> which)
    {
        lock (_subscriptions)
            return [.. _subscriptions.Where(which).GroupBy(static s => s.Stage)];
    }

    private sealed record Subscription(LifecycleSubject Owner, string Name, int Stage, ILifecycleObserver Observer) : IDisposable
    {
        public void Dispose()
        {
            lock (Owner._subscriptions)
                Owner._subscriptions.Remove(this);
        }
    }
}
