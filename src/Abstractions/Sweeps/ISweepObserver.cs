using Granary.Trials;

namespace Granary.Sweeps;

/// <summary>
/// Is told of a sweep's changes, in order. A change may be lost with its silo: look at the sweep again after a reconnect. Each call has a
/// short limit, after which whoever tells gives it up: see <see cref="Granary.Pools.INodeObserver"/>.
/// </summary>
[Alias("granary.ISweepObserver")]
public interface ISweepObserver : IGrainObserver
{
    /// <summary>The sweep itself changed.</summary>
    /// <param name="summary">The sweep as it is now.</param>
    [Alias("SweepChanged"), ResponseTimeout("00:00:05")]
    Task SweepChangedAsync(SweepSummary summary);

    /// <summary>One trial changed.</summary>
    /// <param name="trial">The trial as it is now.</param>
    [Alias("TrialChanged"), ResponseTimeout("00:00:05")]
    Task TrialChangedAsync(TrialSnapshot trial);
}
