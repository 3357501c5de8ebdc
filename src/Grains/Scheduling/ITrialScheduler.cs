using Granary.Trials;

namespace Granary.Grains.Scheduling;

/// <summary>
/// Decides after an epoch whether a trial goes on. Implementations are pure: the same reports give the same decision. Safe for concurrent use.
/// </summary>
public interface ITrialScheduler
{
    /// <summary>true: trials are compared after this epoch, and the report must be remembered.</summary>
    /// <param name="epoch">Epochs completed.</param>
    bool IsRung(int epoch);

    /// <summary>Judges a trial that has just completed an epoch.</summary>
    /// <param name="report">The trial's report.</param>
    /// <param name="earlier">The reports of other trials at the same epoch.</param>
    EpochDirective Judge(RungReport report, IReadOnlyList<RungReport> earlier);
}
