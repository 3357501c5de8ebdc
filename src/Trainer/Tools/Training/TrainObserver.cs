using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>Takes what a run reports to its history and its display.</summary>
/// <param name="history">The completed epochs.</param>
/// <param name="progress">Where the run is.</param>
/// <param name="display">Who is shown.</param>
internal sealed class TrainObserver(RunHistory history, TrainProgress progress, ITrainDisplay display) : ITrainingObserver
{
    private readonly HealthNews _health = new(display.Say);

    /// <inheritdoc/>
    public void OnLearningRate(double rate) => display.Say(FormattableString.Invariant($"Found learning rate {rate:g3}."));

    /// <inheritdoc/>
    public void OnStep(StepResult result)
    {
        progress.Add(result);
        _health.Add(result);
    }

    /// <inheritdoc/>
    public Task<EpochDecision> OnEpochAsync(EpochResult result, CancellationToken cancellationToken)
    {
        var record = new EpochRecord(result.Epoch, result.Metrics);
        display.Epoch(record, history.Add(record));
        return Task.FromResult(EpochDecision.Continue);
    }

    /// <inheritdoc/>
    public Task OnCheckpointAsync(CheckpointFiles checkpoint, CancellationToken cancellationToken) => Task.CompletedTask;
}
