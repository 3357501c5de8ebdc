using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Runs;

/// <summary>What became of a run; the same on every rank but for the files.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Epoch">Epochs completed.</param>
/// <param name="Step">Steps completed over the whole run.</param>
/// <param name="Reason">Why, in words for the user; empty when all epochs are done.</param>
/// <param name="Checkpoint">The newest checkpoint; null on ranks other than 0, and before the first was written.</param>
internal sealed record RunOutcome(RunEnd End, int Epoch, long Step, string Reason, CheckpointFiles? Checkpoint);
