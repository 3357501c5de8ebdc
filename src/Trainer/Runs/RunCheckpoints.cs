using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Runs;

/// <summary>A run's checkpoints: taken of its learner, put on its shelf, and gone on from.</summary>
/// <param name="run">The run.</param>
/// <param name="shelf">Where they are.</param>
/// <param name="history">The run's completed epochs.</param>
/// <param name="average">The average of its weights; null: none is kept.</param>
internal sealed class RunCheckpoints(RunSpec run, CheckpointShelf shelf, EpochHistory history, WeightAverage? average)
{
    /// <summary>The newest one; null before the first.</summary>
    public CheckpointFiles? Newest => shelf.Newest;

    /// <summary>Writes one.</summary>
    /// <param name="learner">Between two steps.</param>
    public CheckpointFiles Write(Learner learner) => shelf.Write(Take(learner), history);

    /// <summary>Takes one and writes nothing.</summary>
    /// <param name="learner">Between two steps.</param>
    public CheckpointState Take(Learner learner) =>
        Place(learner) with { Tensors = TensorState.Capture(learner.Model, learner.Optimizer, average) };

    /// <summary>One without tensors: where the run is.</summary>
    /// <param name="learner">Between two steps.</param>
    public CheckpointState Place(Learner learner) => new()
    {
        Run = run,
        Position = learner.Position,
        // Right after an epoch the learner still shows that epoch's sums.
        Sums = learner.Position.Batch == 0 ? default : learner.Sums,
        History = [.. history.Epochs],
        Tensors = new Dictionary<string, TensorData>(),
    };

    /// <summary>Puts a learner where a checkpoint was taken.</summary>
    /// <param name="state">The checkpoint: of the same network, data, batch and seed; other settings may differ.</param>
    /// <param name="learner">A learner at its start.</param>
    /// <exception cref="InvalidDataException">The checkpoint is of another run: the message names the setting.</exception>
    public void Restore(CheckpointState state, Learner learner)
    {
        Require("model", state.Run.Model.Name, run.Model.Name);
        Require("model.width", state.Run.Model.Width, run.Model.Width);
        Require("model.classes", state.Run.Model.Classes, run.Model.Classes);
        Require("model.channels", state.Run.Model.Channels, run.Model.Channels);
        Require("model.head", state.Run.Model.Head, run.Model.Head);
        Require("model.freeze", state.Run.Model.Freeze, run.Model.Freeze);
        Require("train.optimizer", state.Run.Train.Optimizer, run.Train.Optimizer);
        Require("train.seed", state.Run.Train.Seed, run.Train.Seed);
        Require("data.set", state.Run.Data.Set, run.Data.Set);
        Require("data.limit", state.Run.Data.Limit, run.Data.Limit);
        Require("data.resize", state.Run.Data.Resize, run.Data.Resize);
        Require("data.batch", state.Run.Data.Batch, run.Data.Batch);
        TensorState.Restore(state.Tensors, learner.Model, learner.Optimizer, average);
        learner.Position = state.Position;
        learner.Sums = state.Sums;
        shelf.Adopt(state);
    }

    private static void Require<T>(string setting, T checkpoint, T run)
    {
        if (!EqualityComparer<T>.Default.Equals(checkpoint, run))
        {
            throw new InvalidDataException(
                $"The checkpoint was taken with {setting} = {Say(checkpoint)}; this run has {Say(run)}. Start the run anew.");
        }
    }

    private static string Say<T>(T value) => value is null ? "none" : FormattableString.Invariant($"{value}");
}
