namespace Granary.Trainer.Learning;

/// <summary>
/// Where the running step's time goes on this rank. A GPU works on after its calls have returned; what waits for it is charged.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class StepTimes(TimeProvider time)
{
    private readonly double[] _seconds = new double[Enum.GetValues<StepPhase>().Length];
    private long _last;

    /// <summary>Hears of each phase that has ended, with the clock's timestamps of its two ends; null: nobody does.</summary>
    public Action<StepPhase, long, long>? Ended { get; set; }

    /// <summary>Seconds of a phase; where a step accumulates, those of all its batches.</summary>
    /// <param name="phase">The phase.</param>
    public double this[StepPhase phase] => _seconds[(int)phase];

    /// <summary>A step begins.</summary>
    public void Begin()
    {
        Array.Clear(_seconds);
        _last = time.GetTimestamp();
    }

    /// <summary>What went on since the last end was this.</summary>
    /// <param name="phase">The phase.</param>
    public void End(StepPhase phase)
    {
        long now = time.GetTimestamp();
        _seconds[(int)phase] += time.GetElapsedTime(_last, now).TotalSeconds;
        Ended?.Invoke(phase, _last, now);
        _last = now;
    }
}
