using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Runs;

/// <summary>Where a run stands between two steps: a checkpoint that touches no disk.</summary>
/// <param name="Checkpoint">All that the run needs to go on; without tensors on ranks other than 0, whose state nobody takes.</param>
/// <param name="Pending">The epoch that was completed last and is not yet settled on all ranks; null where none is.</param>
internal sealed record RunState(CheckpointState Checkpoint, PendingEpoch? Pending = null);
