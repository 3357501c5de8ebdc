using Granary.Trainer.Data;
using Granary.Trainer.Learning;
using Granary.Trainer.Learning.Finding;

namespace Granary.Trainer.Runs;

/// <summary>Runs the learning-rate finder: the run's own steps at rates that grow from one to the next.</summary>
internal static class RateSearch
{
    /// <summary>
    /// Trains until the curve is complete or a stop was voted for. Every rank sees the losses of all, so all end at the same step with the
    /// same curve.
    /// </summary>
    /// <param name="parts">What computes the run's steps, with a network that is thrown away afterwards.</param>
    /// <param name="range">The rates.</param>
    /// <param name="cancellationToken">Ends the search at the next step.</param>
    public static RateCurve Run(LearnerParts parts, RateRange range, CancellationToken cancellationToken)
    {
        var curve = new RateCurve(range);
        var learner = new Learner(parts with
        {
            // A small set ends before the rates do, and a validation would tell nothing.
            Epochs = range.Steps,
            Data = parts.Data with { Valid = new NoImages(parts.Data.Train) },
            Schedule = range.At,
            Callbacks = [.. parts.Callbacks, new RateSweep(curve)],
        });
        learner.Fit(cancellationToken);
        return curve;
    }
}
