using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Runs;

/// <summary>Who hears of a run's progress. Only rank 0 calls it; one call at a time.</summary>
internal interface ITrainingObserver
{
    /// <summary>The learning-rate finder has chosen the run's learning rate, and training begins. Each epoch's metrics have it too.</summary>
    /// <param name="rate">The rate.</param>
    void OnLearningRate(double rate)
    {
    }

    /// <summary>A step has ended. Called on the training thread: queue it and return, training waits meanwhile.</summary>
    /// <param name="result">What was measured.</param>
    void OnStep(StepResult result);

    /// <summary>
    /// An epoch has ended and its checkpoint is on disk. The run waits for the answer, and the other ranks with it. The checkpoint's
    /// files stay until the one after the next has been written.
    /// </summary>
    /// <param name="result">The epoch.</param>
    /// <param name="cancellationToken">The run is being ended.</param>
    /// <returns>How to go on; after the last epoch only <see cref="EpochDecision.Continue"/> makes sense.</returns>
    Task<EpochDecision> OnEpochAsync(EpochResult result, CancellationToken cancellationToken);

    /// <summary>A checkpoint was written between two epochs because one was requested; the run ends as paused after this.</summary>
    /// <param name="checkpoint">Its files.</param>
    /// <param name="cancellationToken">The run is being ended.</param>
    Task OnCheckpointAsync(CheckpointFiles checkpoint, CancellationToken cancellationToken);
}
