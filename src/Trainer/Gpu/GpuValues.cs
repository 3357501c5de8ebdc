using Granary.Trainer.Collectives;

namespace Granary.Trainer.Gpu;

/// <summary>
/// Numbers in a GPU's memory that are computed again and again, and summed over the ranks each time without holding the computations up.
/// </summary>
/// <param name="lane">How this GPU reaches the other ranks.</param>
internal abstract class GpuValues(GpuLane lane) : IDeviceValues, IDisposable
{
    /// <inheritdoc/>
    public abstract long Bytes { get; }

    /// <summary>How this GPU reaches the other ranks.</summary>
    protected GpuLane Lane => lane;

    /// <summary>Happens when what was computed before <see cref="Send"/> is there.</summary>
    protected GpuEvent Computed { get; } = lane.Up.CreateEvent();

    /// <summary>Happens when the sums are there.</summary>
    protected GpuEvent Summed { get; } = lane.Up.CreateEvent();

    /// <summary>All computations that make the numbers have been given to the GPU; call it before the sum.</summary>
    public virtual void Send() => lane.Up.MarkComputing(Computed);

    /// <inheritdoc/>
    public abstract void Sum(Action<Memory<float>> overLanes, LaneWait wait);

    /// <summary>What is computed from now on finds the sums; call it after the sum.</summary>
    public void Receive() => lane.Up.LetComputingFollow(Summed);

    /// <summary>Nothing may be under way with the numbers any more, but for what the GPU itself still does.</summary>
    public virtual void Dispose()
    {
        lane.Finish();
        Computed.Dispose();
        Summed.Dispose();
    }
}
