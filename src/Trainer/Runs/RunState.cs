using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Runs;

/// <summary>Moves the state of a run between a learner and a checkpoint.</summary>
internal static class RunState
{
    /// <summary>The state between two steps.</summary>
    /// <param name="run">The run.</param>
    /// <param name="learner">Its learner.</param>
    /// <param name="history">Its completed epochs.</param>
    public static CheckpointState Capture(RunSpec run, Learner learner, IEnumerable<EpochRecord> history) => new()
    {
        Run = run,
        Position = learner.Position,
        // Right after an epoch the learner still shows that epoch's sums.
        Sums = learner.Position.Batch == 0 ? default : learner.Sums,
        History = [.. history],
        Tensors = TensorState.Capture(learner.Model, learner.Optimizer),
    };

    /// <summary>Puts a learner where a checkpoint was taken.</summary>
    /// <param name="state">The checkpoint.</param>
    /// <param name="run">The run that goes on: of the same network, data, batch and seed; other settings may differ.</param>
    /// <param name="learner">Its learner.</param>
    /// <exception cref="InvalidDataException">The checkpoint is of another run.</exception>
    public static void Restore(CheckpointState state, RunSpec run, Learner learner)
    {
        Require("model", state.Run.Model.Name, run.Model.Name);
        Require("model.width", state.Run.Model.Width, run.Model.Width);
        Require("model.classes", state.Run.Model.Classes, run.Model.Classes);
        Require("model.channels", state.Run.Model.Channels, run.Model.Channels);
        Require("model.head", state.Run.Model.Head, run.Model.Head);
        Require("model.freeze", state.Run.Model.Freeze, run.Model.Freeze);
        Require("train.seed", state.Run.Train.Seed, run.Train.Seed);
        Require("data.set", state.Run.Data.Set, run.Data.Set);
        Require("data.limit", state.Run.Data.Limit, run.Data.Limit);
        Require("data.resize", state.Run.Data.Resize, run.Data.Resize);
        Require("data.batch", state.Run.Data.Batch, run.Data.Batch);
        TensorState.Restore(state.Tensors, learner.Model, learner.Optimizer);
        learner.Position = state.Position;
        learner.Sums = state.Sums;
    }

    private static void Require<T>(string setting, T checkpoint, T run)
    {
        if (!EqualityComparer<T>.Default.Equals(checkpoint, run))
        {
            throw new InvalidDataException(
                $"The checkpoint was taken with {setting} = {checkpoint}; this run has {run}. Start the run anew.");
        }
    }
}
