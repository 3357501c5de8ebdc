using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Parallel;

/// <summary>The training loop's view of a ring.</summary>
internal sealed class RingReduction(ICollective ring) : IReduction
{
    /// <inheritdoc/>
    public int Rank => ring.Rank;

    /// <inheritdoc/>
    public int WorldSize => ring.WorldSize;

    /// <inheritdoc/>
    public Task SumAsync(Memory<float> values, TimeSpan patience, CancellationToken cancellationToken) =>
        ring.AllReduceAsync(values, ReduceKind.Sum, patience, cancellationToken);
}
