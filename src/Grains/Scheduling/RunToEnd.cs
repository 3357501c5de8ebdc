using Granary.Trials;

namespace Granary.Grains.Scheduling;

/// <summary>Stops nothing: the scheduler of a sweep that names none.</summary>
public sealed class RunToEnd : ITrialScheduler
{
    /// <inheritdoc/>
    public bool IsRung(int epoch) => false;

    /// <inheritdoc/>
    public EpochDirective Judge(RungReport report, IReadOnlyList<RungReport> earlier) => new(EpochAction.Continue, "");
}
