using Granary.Trials;

namespace Granary.Sweeps;

/// <summary>Is told of a sweep's changes, in order. A change may be lost with its silo: look at the sweep again after a reconnect.</summary>
[Alias("granary.ISweepObserver")]
public interface ISweepObserver : IGrainObserver
{
    /// <summary>The sweep itself changed.</summary>
    /// <param name="summary">The sweep as it is now.</param>
    [Alias("SweepChanged")]
    Task SweepChangedAsync(SweepSummary summary);

    /// <summary>One trial changed.</summary>
    /// <param name="trial">The trial as it is now.</param>
    [Alias("TrialChanged")]
    Task TrialChangedAsync(TrialSnapshot trial);
}
