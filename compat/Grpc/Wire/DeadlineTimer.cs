namespace Grpc.Wire;

/// <summary>Calls back once when a deadline has passed, never before. Deadlines beyond a timer's range are reached in steps.</summary>
internal sealed class DeadlineTimer : IDisposable
{
    // The longest due time of a timer is just under 2^32 ms.
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(49);

    private readonly TimeProvider _time;
    private readonly DateTime _deadline;
    private readonly Action _passed;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _disposed;

    public DeadlineTimer(TimeProvider time, DateTime deadline, Action passed)
    {
        _time = time;
        _deadline = deadline;
        _passed = passed;

        // A timer that captured the caller's context would keep its async locals alive until the deadline.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(
                static self => ((DeadlineTimer)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _timer.Change(Step(Remaining), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Remaining => _deadline - _time.GetUtcNow().UtcDateTime;

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    private static TimeSpan Step(TimeSpan remaining)
    {
        // Rounded up to a millisecond, a timer's resolution; rounding down would spin at the end.
        double milliseconds = Math.Ceiling(Math.Max(0, remaining.TotalMilliseconds));
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, LongestStep.TotalMilliseconds));
    }

    private void Tick()
    {
        TimeSpan remaining = Remaining;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (remaining > TimeSpan.Zero)
            {
                _timer.Change(Step(remaining), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        _passed();
    }
}
