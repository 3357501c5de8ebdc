namespace Orleans.Runtime;

/// <summary>Ticks within the activation's turns. The next period starts when the callback has ended, so callbacks never pile up.</summary>
internal sealed class GrainTimer<TState> : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<TState, CancellationToken, Task> _callback;
    private readonly TState _state;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    public GrainTimer(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        _activation = activation;
        _callback = callback;
        _state = state;
        _period = options.Period;
        Options = options;
        _timer = activation.Silo.Clock.CreateTimer(static self => ((GrainTimer<TState>)self!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        activation.Add(this);
        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public GrainTimerCreationOptions Options { get; }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_gate)
        {
            _period = period;
            _changed = _ticking;
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _activation.Remove(this);
        _stop.Cancel();
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, time, "Expected a time of zero or more, or Timeout.InfiniteTimeSpan for never.");
    }

    private void Due()
    {
        lock (_gate)
        {
            // Changed to a tick within the callback: the tick comes when the callback has ended.
            if (_ticking)
            {
                _timer.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            _ticking = true;
        }

        _activation.Turns.Post(new Tick(this));
    }

    private async Task RunAsync()
    {
        try
        {
            await _callback(_state, _stop.Token).ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested)
                _activation.Silo.Log.TimerFailed(exception, _activation.GrainId);
        }
    }

    private void Ended()
    {
        lock (_gate)
        {
            _ticking = false;
            if (!_changed && !_stop.IsCancellationRequested)
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
            _changed = false;
        }
    }

    // A tick takes its turn as a request does.
    private sealed class Tick(GrainTimer<TState> timer) : Call(timer._activation.GrainId, null)
    {
        public override string Name => "a timer's tick";

        public override bool AlwaysInterleave => timer.Options.Interleave;

        public override bool ReadOnly => false;

        public override bool KeepsAlive => timer.Options.KeepAlive;

        public override bool MovesOn => false;

        public override bool IsAbandoned => timer._stop.IsCancellationRequested;

        public override async Task RunAsync(object instance, Activation? activation)
        {
            await timer.RunAsync().ConfigureAwait(true);
            timer.Ended();
            activation!.Ended(this);
        }

        public override void Fail(Exception exception) => timer.Ended();
    }
}
