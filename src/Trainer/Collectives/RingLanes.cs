using System.Numerics;

namespace Granary.Trainer.Collectives;

/// <summary>
/// A rank's lanes: to the ranks 1, 2, 4, ... places after it, and from those as many places before it. The first of each joins the ring;
/// the others are the short cuts of small collectives.
/// </summary>
/// <param name="To">To rank + 2^k, by k.</param>
/// <param name="From">From rank - 2^k, by k.</param>
internal sealed record RingLanes(IReadOnlyList<ILaneSender> To, IReadOnlyList<ILaneReceiver> From)
{
    /// <summary>Lanes of each kind: the least k with 2^k at least the number of ranks.</summary>
    /// <param name="worldSize">Ranks, at least 2.</param>
    public static int Count(int worldSize) => 32 - BitOperations.LeadingZeroCount((uint)(worldSize - 1));

    /// <summary>Streams of a lane that does not go through shared memory: only the ring itself moves much.</summary>
    /// <param name="k">The lane, from 0.</param>
    /// <param name="options">Sizes.</param>
    public static int Streams(int k, RingOptions options) => k == 0 ? options.Streams : 1;
}
