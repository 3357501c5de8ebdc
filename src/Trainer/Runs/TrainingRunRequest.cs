using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Runs;

/// <summary>All that a run is made from.</summary>
internal sealed record TrainingRunRequest
{
    /// <summary>The run; its batch is that of all ranks together.</summary>
    public required RunSpec Run { get; init; }

    /// <summary>What this rank computes on.</summary>
    public required DeviceChoice Device { get; init; }

    /// <summary>The ranks; <see cref="SingleProcess"/> when there is one.</summary>
    public required IReduction Reduction { get; init; }

    /// <summary>Who hears of progress; called on rank 0 only.</summary>
    public required ITrainingObserver Observer { get; init; }

    /// <summary>Folder for checkpoints, made when missing, used by no other run or rank.</summary>
    public required string CheckpointFolder { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where to go on from, read by <see cref="CheckpointReader"/>, the same on every rank; null: from the start.</summary>
    public CheckpointState? Resume { get; init; }

    /// <summary>The epoch before <see cref="Resume"/>, where its answer has not reached all ranks; null: it has.</summary>
    public PendingEpoch? Pending { get; init; }

    /// <summary>
    /// What joins the ranks: one that computes or reports by itself hears there that another is lost. null: it hears of it at the next sum.
    /// </summary>
    public ICollective? Ring { get; init; }

    /// <summary>
    /// Finds the ranks together again after one was lost: takes what broke the ring and where this rank stands, and returns where all ranks
    /// go on, which is where rank 0 stands. It throws what broke the ring where they do not find together. null: a lost rank ends the run.
    /// </summary>
    public Func<CollectiveException, RunState, CancellationToken, Task<RunState>>? Regroup { get; init; }

    /// <summary>
    /// What joins the training loop besides the run's own callbacks. With more than one rank the one that sums gradients must be among
    /// them (see <see cref="Callback.AfterBackward"/>).
    /// </summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];
}
