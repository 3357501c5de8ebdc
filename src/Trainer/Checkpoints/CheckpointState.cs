using Granary.Specs;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Checkpoints;

/// <summary>
/// All that a run needs to go on as if it had not stopped. The schedule, the examples' order and the random draws are functions of the
/// run's seed and the position, so they have no state of their own here.
/// </summary>
internal sealed record CheckpointState
{
    /// <summary>The run.</summary>
    public required RunSpec Run { get; init; }

    /// <summary>Where it is.</summary>
    public required Position Position { get; init; }

    /// <summary>Sums over the running epoch's examples so far; zero between epochs.</summary>
    public required RunningSums Sums { get; init; }

    /// <summary>The completed epochs, in order.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>The network's state dict under its own names, and the optimizer's tensors under <c>optimizer.</c> names.</summary>
    public required IReadOnlyDictionary<string, TensorData> Tensors { get; init; }
}
