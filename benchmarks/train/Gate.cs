using System.Diagnostics;
using Granary.Trainer.Learning;

namespace Granary.Benchmarks.Train;

/// <summary>Lets the training loop run for a window and holds it between two. The last callback, so that a window is whole steps.</summary>
internal sealed class Gate : Callback, IDisposable
{
    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private double _wanted;
    private long _examples;
    private long _start;
    private TimeSpan _cpu;
    private volatile bool _end;
    private Window _window;
    private Exception? _failure;

    /// <inheritdoc/>
    public override int Order => 1000;

    /// <summary>Lets the loop run for a window.</summary>
    /// <param name="seconds">Its least length.</param>
    public Window Run(double seconds)
    {
        _wanted = seconds;
        _go.Release();
        _done.Wait();
        return _failure is null ? _window : throw new InvalidOperationException("The training loop has failed.", _failure);
    }

    /// <summary>Ends the loop that waits for a window.</summary>
    public void End()
    {
        _end = true;
        _go.Release();
    }

    /// <summary>Says that there will be no further window.</summary>
    /// <param name="failure">Why.</param>
    public void Fail(Exception failure)
    {
        _failure = failure;
        _done.Release();
    }

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner) => Wait();

    /// <inheritdoc/>
    public override void AfterStep(Learner learner)
    {
        _examples += learner.Batch.Count;
        double elapsed = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        if (elapsed < _wanted)
            return;
        _window = new Window(_examples, elapsed, (Cpu() - _cpu).TotalSeconds);
        _done.Release();
        Wait();
        learner.StopRequested = _end;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _go.Dispose();
        _done.Dispose();
    }

    private static TimeSpan Cpu() => Environment.CpuUsage.TotalTime;

    private void Wait()
    {
        _go.Wait();
        _examples = 0;
        _cpu = Cpu();
        _start = Stopwatch.GetTimestamp();
    }
}
