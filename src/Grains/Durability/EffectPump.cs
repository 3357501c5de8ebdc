using System.Diagnostics.CodeAnalysis;

namespace Granary.Grains.Durability;

/// <summary>
/// Carries out a grain's effects after the turn that stored them. Its runs interleave with calls, so that two grains may have
/// effects for each other under way at the same time; runs of one pump never overlap. What fails is tried again after a delay that
/// doubles from 50 ms to 10 s.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The runtime disposes a grain's timers when it is deactivated.")]
internal sealed class EffectPump
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly Func<CancellationToken, Task<bool>> _drain;
    private readonly IGrainTimer _timer;
    private TimeSpan _delay = FirstDelay;
    private bool _running;
    private bool _again;

    /// <param name="grain">The grain.</param>
    /// <param name="drain">Carries out what is due and logs what fails; false when something is left to be tried again.</param>
    public EffectPump(IGrainBase grain, Func<CancellationToken, Task<bool>> drain)
    {
        _drain = drain;
        _timer = grain.RegisterGrainTimer(RunAsync, new GrainTimerCreationOptions
        {
            DueTime = Timeout.InfiniteTimeSpan,
            Period = Timeout.InfiniteTimeSpan,
            Interleave = true,
            KeepAlive = true,
        });
    }

    /// <summary>There is something to do.</summary>
    public void Kick()
    {
        _again = true;
        if (!_running)
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _running = true;
        bool done = false;
        try
        {
            do
            {
                _again = false;
                done = await _drain(cancellationToken);
            }
            while (_again && !cancellationToken.IsCancellationRequested);
        }
        finally
        {
            _running = false;
            Schedule(done, cancellationToken);
        }
    }

    private void Schedule(bool done, CancellationToken cancellationToken)
    {
        if (done || cancellationToken.IsCancellationRequested)
        {
            _delay = FirstDelay;
            return;
        }

        _timer.Change(_delay, Timeout.InfiniteTimeSpan);
        _delay = _delay * 2 < LongestDelay ? _delay * 2 : LongestDelay;
    }
}
