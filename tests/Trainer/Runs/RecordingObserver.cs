using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tests.Runs;

/// <summary>Remembers what a run tells, and answers as the test wants.</summary>
internal sealed class RecordingObserver : ITrainingObserver
{
    public List<StepResult> Steps { get; } = [];

    public List<EpochResult> Epochs { get; } = [];

    public List<CheckpointFiles> Checkpoints { get; } = [];

    public List<double> LearningRates { get; } = [];

    public Action<StepResult> WhenStep { get; set; } = _ => { };

    public Func<EpochResult, EpochDecision> Decide { get; set; } = _ => EpochDecision.Continue;

    public void OnLearningRate(double rate) => LearningRates.Add(rate);

    public void OnStep(StepResult result)
    {
        Steps.Add(result);
        WhenStep(result);
    }

    public async Task<EpochDecision> OnEpochAsync(EpochResult result, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Epochs.Add(result);
        return Decide(result);
    }

    public async Task OnCheckpointAsync(CheckpointFiles checkpoint, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Checkpoints.Add(checkpoint);
    }
}
