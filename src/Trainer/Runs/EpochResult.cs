using Granary.Trainer.Checkpoints;
using Granary.Trainer.Health;

namespace Granary.Trainer.Runs;

/// <summary>A completed epoch.</summary>
/// <param name="Epoch">Epochs completed: 1 after the first.</param>
/// <param name="Step">Steps completed over the whole run.</param>
/// <param name="Metrics">By a name of <see cref="MetricNames"/>: all of an epoch, the found rate where one was searched for.</param>
/// <param name="Checkpoint">The state after this epoch: going on from it equals not having stopped.</param>
/// <param name="Last">No epoch follows.</param>
/// <param name="Health">The verdict over the samples so far; null where no layer is watched.</param>
internal sealed record EpochResult(
    int Epoch, long Step, IReadOnlyDictionary<string, double> Metrics, CheckpointFiles Checkpoint, bool Last, RunHealth? Health = null);
