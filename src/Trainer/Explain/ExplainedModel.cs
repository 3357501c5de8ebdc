using Granary.Specs;
using Granary.Trainer.Building;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Data;
using Granary.Trainer.Insight;
using Granary.Trainer.Models;
using Granary.Trainer.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Explain;

/// <summary>A checkpoint's network, as validation sees it, and the data of its run. For one thread.</summary>
internal sealed class ExplainedModel : IDisposable
{
    private ExplainedModel(CheckpointState checkpoint, LayerHistory history, TrainingData data, Network network, Device device)
    {
        Run = checkpoint.Run;
        Step = checkpoint.Position.Step;
        Epoch = checkpoint.Position.Epoch;
        History = history;
        Data = data;
        Network = network;
        Tensors = new BatchTensors(device, data.Normalisation);
    }

    /// <summary>The run that made it.</summary>
    public RunSpec Run { get; }

    /// <summary>Steps completed.</summary>
    public long Step { get; }

    /// <summary>Epochs completed.</summary>
    public int Epoch { get; }

    /// <summary>What was recorded of the layers up to the checkpoint; empty when that file is not beside it.</summary>
    public LayerHistory History { get; }

    /// <summary>The run's data.</summary>
    public TrainingData Data { get; }

    /// <summary>In eval mode, without gradients of its parameters.</summary>
    public Network Network { get; }

    /// <summary>Puts pictures on its device.</summary>
    public BatchTensors Tensors { get; }

    /// <summary>Reads a checkpoint, verifies its hash and builds its network.</summary>
    /// <param name="weightsPath">The safetensors file.</param>
    /// <param name="manifestPath">Its manifest.</param>
    /// <param name="choice">What it computes on.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or they do not belong together.</exception>
    /// <exception cref="FileNotFoundException">The data set's files were not found.</exception>
    public static ExplainedModel Load(string weightsPath, string manifestPath, DeviceChoice choice)
    {
        CheckpointState checkpoint = CheckpointReader.Read(weightsPath, manifestPath);
        LayerHistory history = LayerHistoryFile.Read(Path.GetDirectoryName(Path.GetFullPath(manifestPath))!, checkpoint.Position.Step);
        set_num_threads(choice.Threads);
        var device = new Device(choice.Cuda ? DeviceType.CUDA : DeviceType.CPU);
        TrainingData data = TrainingData.Load(checkpoint.Run.Data, checkpoint.Run.Model.Channels);
        Network network = NetworkBuilder.BuildForCheckpoint(checkpoint.Run, data);
        try
        {
            // A moving average is what validation used.
            TensorState.RestoreModel(TensorNames.Select(checkpoint.Tensors, WeightSet.Preferred, weightsPath), network);
            network.to(device);
            network.eval();
            foreach (Parameter parameter in network.parameters())
                parameter.requires_grad = false;
            return new ExplainedModel(checkpoint, history, data, network, device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>What a class is called; its number where the data has no such class.</summary>
    /// <param name="label">The class, from 0.</param>
    public string ClassName(int label) => label < Data.ClassNames.Count ? Data.ClassNames[label] : FormattableString.Invariant($"{label}");

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
