using Granary.Trainer.Health;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Runs;

/// <summary>Tells the observer of each step, on rank 0.</summary>
/// <param name="observer">Who is told.</param>
/// <param name="sums">Knows how long the step took.</param>
/// <param name="health">Has the step's layer statistics and what they say.</param>
/// <param name="time">The clock.</param>
internal sealed class StepReporter(ITrainingObserver observer, EpochSums sums, HealthWatch health, TimeProvider time) : Callback
{
    /// <inheritdoc/>
    public override int Order => 95;

    /// <inheritdoc/>
    public override void AfterStep(Learner learner)
    {
        if (learner.Reduction.Rank != 0)
            return;
        StepTotals totals = learner.Totals;
        var values = new Dictionary<string, double>
        {
            [MetricNames.TrainLoss] = totals.Loss / totals.Examples,
            [MetricNames.TrainAccuracy] = totals.Correct / totals.Examples,
            [MetricNames.LearningRate] = learner.LearningRate,
            [MetricNames.ExamplesPerSecond] = totals.Examples / sums.StepSeconds,
        };
        foreach ((string name, double value) in learner.Measures)
            values[name] = value;
        Position position = learner.Position;
        double epoch = position.Epoch + ((double)position.Batch / learner.BatchesPerEpoch);
        observer.OnStep(new StepResult(position.Step, epoch, time.GetUtcNow(), values, health.Sample?.Layers ?? [], health.Sample is null ? null : health.Verdict));
    }
}
