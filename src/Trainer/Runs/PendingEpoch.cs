namespace Granary.Trainer.Runs;

/// <summary>A completed epoch whose answer has not reached all ranks.</summary>
/// <param name="Answer">What the observer said; null where it was not told yet.</param>
internal sealed record PendingEpoch(EpochDecision? Answer);
