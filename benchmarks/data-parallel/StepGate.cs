using System.Diagnostics;
using Granary.Trainer.Learning;

namespace Granary.Benchmarks.Ranks;

/// <summary>Lets a rank's loop run for so many steps and holds it between. Every rank is told the same number, so none waits for another.</summary>
internal sealed class StepGate(StopVote stop) : Callback, IDisposable
{
    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private int _steps;
    private long _start;
    private TimeSpan _cpu;
    private (double Seconds, double CpuSeconds) _window;
    private bool _end;

    /// <summary>The last callback, so that a window is whole steps.</summary>
    public override int Order => 1000;

    /// <summary>Lets the loop run.</summary>
    /// <param name="steps">At least 1.</param>
    /// <param name="cancellationToken">Gives up waiting for it.</param>
    /// <returns>Time by the clock, and this process's processor time.</returns>
    public async Task<(double Seconds, double CpuSeconds)> RunAsync(int steps, CancellationToken cancellationToken)
    {
        _steps = steps;
        _go.Release();
        await _done.WaitAsync(cancellationToken);
        return _window;
    }

    /// <summary>Ends the loop that waits for a window.</summary>
    public void End()
    {
        _end = true;
        _go.Release();
    }

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner) => Wait();

    /// <inheritdoc/>
    public override void AfterStep(Learner learner)
    {
        if (_end || --_steps > 0)
            return;
        _window = (Stopwatch.GetElapsedTime(_start).TotalSeconds, (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds);
        _done.Release();
        Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _go.Dispose();
        _done.Dispose();
    }

    private void Wait()
    {
        _go.Wait();
        if (_end)
            stop.Request();
        _cpu = Environment.CpuUsage.TotalTime;
        _start = Stopwatch.GetTimestamp();
    }
}
