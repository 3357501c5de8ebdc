using Granary.Trainer.Health;
using Granary.Trainer.Insight;

namespace Granary.Trainer.Runs;

/// <summary>What was measured at one optimizer step, over the batch of all ranks.</summary>
/// <param name="Step">Steps completed over the whole run: 1 after the first.</param>
/// <param name="Epoch">Epochs completed, with the fraction of the running one.</param>
/// <param name="At">When the step ended.</param>
/// <param name="Values">
/// By a name of <see cref="MetricNames"/>: train-loss, train-accuracy, learning-rate, examples-per-second; of several ranks also where
/// their time went.
/// </param>
/// <param name="Layers">Layer statistics in the model's order; empty at steps that take none.</param>
/// <param name="Health">The verdict over the samples so far, a layer's at the same place as its statistics; null at steps that take none.</param>
internal sealed record StepResult(
    long Step, double Epoch, DateTimeOffset At, IReadOnlyDictionary<string, double> Values, IReadOnlyList<LayerSample> Layers,
    RunHealth? Health = null);
