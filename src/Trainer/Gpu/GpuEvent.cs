using System.Diagnostics;
using Granary.Trainer.Collectives;

namespace Granary.Trainer.Gpu;

/// <summary>A place in a GPU's work. Owns the driver's event.</summary>
/// <param name="driver">The driver.</param>
/// <param name="handle">Its event.</param>
internal sealed class GpuEvent(CudaDriver driver, nint handle) : IDisposable
{
    private bool _disposed;

    /// <summary>The driver's name of the event.</summary>
    public nint Handle => handle;

    /// <summary>Waits in place until the GPU has come to the event; never longer than the patience, whatever the GPU does.</summary>
    /// <param name="wait">How long.</param>
    /// <param name="look">Called between two looks; what it throws ends the wait.</param>
    /// <exception cref="GpuException">The GPU failed, or did not come to it in time.</exception>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public void Await(LaneWait wait, Action look)
    {
        var start = Stopwatch.GetTimestamp();
        var spin = default(SpinWait);
        while (!driver.HasHappened(handle))
        {
            wait.Token.ThrowIfCancellationRequested();
            look();
            if (wait.Patience != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(start) > wait.Patience)
                throw new GpuException($"The GPU did not finish within {wait.Patience.TotalSeconds:0} s.");
            spin.SpinOnce();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        driver.DestroyEvent(handle);
    }
}
