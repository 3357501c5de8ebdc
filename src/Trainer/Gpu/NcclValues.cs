using Granary.Trainer.Collectives;

namespace Granary.Trainer.Gpu;

/// <summary>Numbers that NCCL sums from GPU to GPU.</summary>
/// <param name="lane">How this GPU reaches the other ranks.</param>
/// <param name="ranks">The ranks.</param>
/// <param name="device">Where the numbers are on the GPU.</param>
/// <param name="count">How many.</param>
internal sealed class NcclValues(GpuLane lane, NcclRanks ranks, nint device, long count) : GpuValues(lane)
{
    /// <inheritdoc/>
    public override long Bytes => count * sizeof(float);

    /// <inheritdoc/>
    public override void Sum(Action<Memory<float>> overLanes, LaneWait wait)
    {
        Lane.Up.Follow(Computed);
        ranks.Sum(device, count, Lane.Up, Summed, wait);
    }
}
