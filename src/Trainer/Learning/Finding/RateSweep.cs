namespace Granary.Trainer.Learning.Finding;

/// <summary>Draws a curve while a learner trains at ever greater rates, and ends it when the curve is complete; on every rank alike.</summary>
/// <param name="curve">Takes the losses.</param>
internal sealed class RateSweep(RateCurve curve) : Callback
{
    /// <inheritdoc/>
    public override int Order => 90;

    /// <inheritdoc/>
    public override void AfterStep(Learner learner)
    {
        // The sums of all ranks: the same bits on each.
        curve.Add(learner.Totals.Loss / learner.Totals.Examples);
        learner.StopRequested |= curve.Complete;
    }
}
