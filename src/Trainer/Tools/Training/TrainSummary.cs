using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>A run's end, for its display.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Epochs">Epochs of the whole run.</param>
/// <param name="Objective">What makes an epoch the best.</param>
/// <param name="Best">The best epoch; null when none is complete.</param>
/// <param name="BestWeights">Its weights; null when there are none.</param>
/// <param name="GoOn">The command that goes on with a paused run.</param>
internal sealed record TrainSummary(
    RunOutcome Outcome, int Epochs, ObjectiveSpec Objective, EpochRecord? Best, string? BestWeights, string GoOn)
{
    /// <summary>The end in a sentence.</summary>
    public string Sentence => Outcome.End switch
    {
        RunEnd.Finished => FormattableString.Invariant($"All {Epochs} epochs are done."),
        RunEnd.Paused when Outcome.Checkpoint is null => $"Interrupted before the first checkpoint. Start again with: {GoOn}",
        RunEnd.Paused => FormattableString.Invariant($"Paused after step {Outcome.Step}, {Outcome.Epoch} of {Epochs} epochs complete. Go on with: {GoOn}"),
        _ => Outcome.Reason,
    };

    /// <summary>The best epoch in a sentence; null when none is complete.</summary>
    public string? BestSentence => Best is null ? null
        : FormattableString.Invariant($"Best {Objective.Metric} {Best.Metrics[Objective.Metric]:0.0000}, epoch {Best.Epoch}")
            + (BestWeights is null ? "" : $": {BestWeights}");
}
