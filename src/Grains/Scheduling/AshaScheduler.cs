using System.Globalization;
using Granary.Specs;
using Granary.Trials;

namespace Granary.Grains.Scheduling;

/// <summary>
/// Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020) in its stopping
/// form: rungs stand at <c>min * reduction^k</c> epochs; of the n trials seen at a rung, only the best floor(n / reduction) go on.
/// While fewer than <c>reduction</c> trials have been seen there is nothing to compare with, and a trial goes on. Trials that are
/// equal rank by number, the lower first.
/// </summary>
/// <param name="spec">Rungs and reduction.</param>
/// <param name="maximize">true: greater is better.</param>
public sealed class AshaScheduler(AshaSpec spec, bool maximize) : ITrialScheduler
{
    /// <inheritdoc/>
    public bool IsRung(int epoch)
    {
        long rung = spec.MinEpochs;
        while (rung < epoch)
            rung *= spec.Reduction;
        return rung == epoch && epoch < spec.MaxEpochs;
    }

    /// <inheritdoc/>
    public EpochDirective Judge(RungReport report, IReadOnlyList<RungReport> earlier)
    {
        if (report.Epoch >= spec.MaxEpochs)
            return new EpochDirective(EpochAction.Stop, $"ASHA: reached max-epochs {spec.MaxEpochs}.");
        if (!IsRung(report.Epoch))
            return Continue;

        int seen = earlier.Count(other => other.Trial != report.Trial) + 1;
        if (seen < spec.Reduction)
            return Continue;

        int kept = seen / spec.Reduction;
        int place = 1 + earlier.Count(other => other.Trial != report.Trial && IsAhead(other, report));
        return place <= kept
            ? Continue
            : new EpochDirective(EpochAction.Stop, string.Create(CultureInfo.InvariantCulture,
                $"ASHA: {report.Value:G6} is place {place} of {seen} after epoch {report.Epoch}; the best {kept} went on."));
    }

    private static EpochDirective Continue { get; } = new(EpochAction.Continue, "");

    private bool IsAhead(RungReport other, RungReport report)
    {
        if (double.IsNaN(other.Value) || double.IsNaN(report.Value))
            return double.IsNaN(report.Value) && (!double.IsNaN(other.Value) || other.Trial < report.Trial);
        if (other.Value == report.Value)
            return other.Trial < report.Trial;
        return maximize ? other.Value > report.Value : other.Value < report.Value;
    }
}
