namespace Granary.Trainer.Learning;

/// <summary>Fills the step's totals and adds them up over the epoch.</summary>
/// <param name="time">The clock.</param>
internal sealed class EpochSums(TimeProvider time) : Callback
{
    private long _stepStart;

    /// <inheritdoc/>
    public override int Order => 10;

    /// <summary>Wall time of the last step, in seconds.</summary>
    public double StepSeconds { get; private set; }

    /// <inheritdoc/>
    public override void BeforeEpoch(Learner learner) => _stepStart = time.GetTimestamp();

    /// <inheritdoc/>
    public override void AfterLoss(Learner learner)
    {
        StepTotals totals = learner.Totals;
        (float loss, float correct) = BatchMetrics.Of(learner.Loss!, learner.Prediction!, learner.Targets!);
        totals.Loss += loss;
        totals.Correct += correct;
        totals.Examples += learner.Batch.Count;
    }

    /// <inheritdoc/>
    public override void AfterStep(Learner learner)
    {
        // From the end of one step to the end of the next, so that waiting for data counts.
        long now = time.GetTimestamp();
        StepSeconds = time.GetElapsedTime(_stepStart, now).TotalSeconds;
        _stepStart = now;
        StepTotals totals = learner.Totals;
        RunningSums sums = learner.Sums;
        learner.Sums = new RunningSums(
            sums.Loss + totals.Loss, sums.Correct + totals.Correct, sums.Examples + totals.Examples, sums.Seconds + StepSeconds);
    }
}
