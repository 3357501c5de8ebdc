using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Parallel;

/// <summary>What joins the training loop of a rank among several.</summary>
internal static class RankCallbacks
{
    /// <summary>The callbacks, the same on every rank.</summary>
    /// <param name="ring">The ranks.</param>
    /// <param name="spec">How they train together.</param>
    public static IReadOnlyList<Callback> Of(ICollective ring, ParallelSpec spec) =>
    [
        new DataParallel(ring, spec),
        .. spec.ChecksumEvery > 0 ? new[] { new ParameterChecksum(ring, spec.ChecksumEvery) } : [],
    ];
}
