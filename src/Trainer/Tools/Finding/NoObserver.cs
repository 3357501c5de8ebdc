using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Finding;

/// <summary>Hears nothing: a search reports no steps and no epochs.</summary>
internal sealed class NoObserver : ITrainingObserver
{
    /// <inheritdoc/>
    public void OnStep(StepResult result)
    {
    }

    /// <inheritdoc/>
    public Task<EpochDecision> OnEpochAsync(EpochResult result, CancellationToken cancellationToken) => Task.FromResult(EpochDecision.Continue);

    /// <inheritdoc/>
    public Task OnCheckpointAsync(CheckpointFiles checkpoint, CancellationToken cancellationToken) => Task.CompletedTask;
}
