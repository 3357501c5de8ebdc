using Granary.Specs;
using Granary.Trainer.Data;
using Granary.Trainer.Models;
using static TorchSharp.torch;

namespace Granary.Trainer.Building;

/// <summary>The one place that makes the network of a run: its layout, its first weights, what it computes in, what is frozen.</summary>
internal static class NetworkBuilder
{
    /// <summary>Builds the network that a run trains, on the CPU. Call it outside any dispose scope.</summary>
    /// <param name="run">The run; its seed, set here, decides the drawn weights.</param>
    /// <param name="data">Its data, loaded for <see cref="ModelSpec.Channels"/>.</param>
    /// <exception cref="ArgumentException">The model's options do not fit each other, the network or the data.</exception>
    /// <exception cref="InvalidDataException">The file of pretrained weights is damaged or of another network.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <param name="cuda">It is to compute on a GPU.</param>
    public static Network Build(RunSpec run, TrainingData data, bool cuda = false) => Build(run, Shape(run, data), cuda);

    /// <summary>Builds the network that a run trains, on the CPU. Call it outside any dispose scope.</summary>
    /// <param name="run">The run; its seed, set here, decides the drawn weights.</param>
    /// <param name="data">Channels, classes and size of its pictures, as the data set has them.</param>
    /// <inheritdoc cref="Build(RunSpec, TrainingData, bool)" path="/exception"/>
    /// <param name="cuda">It is to compute on a GPU.</param>
    public static Network Build(RunSpec run, ModelShape data, bool cuda = false)
    {
        manual_seed(run.Train.Seed);
        Network network = ModelFactory.Create(run.Model.Name!, Layout(run.Model, data));
        try
        {
            network.Initialise(run.Train.Init);
            if (run.Model.Pretrained is { } weights)
                PretrainedWeights.Load(network, weights, freshHead: run.Model.Head is not null);
            return network.Use(ComputeFormat.Of(run.Train, ModelFactory.Find(run.Model.Name!), cuda)).Freeze(run.Model.Freeze);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The network of a run whose weights come from a checkpoint: as <see cref="Build(RunSpec, TrainingData, bool)"/>, but pretrained weights are
    /// not read.
    /// </summary>
    /// <param name="run">The checkpoint's run.</param>
    /// <param name="data">Its data.</param>
    /// <param name="cuda">It is to compute on a GPU.</param>
    public static Network BuildForCheckpoint(RunSpec run, TrainingData data, bool cuda = false) =>
        BuildForCheckpoint(run, Shape(run, data), cuda);

    /// <inheritdoc cref="BuildForCheckpoint(RunSpec, TrainingData, bool)"/>
    /// <param name="run">The checkpoint's run.</param>
    /// <param name="data">Channels, classes and size of its pictures, as the data set has them.</param>
    /// <param name="cuda">It is to compute on a GPU.</param>
    public static Network BuildForCheckpoint(RunSpec run, ModelShape data, bool cuda = false) =>
        Build(run with { Model = run.Model with { Pretrained = null } }, data, cuda);

    private static ModelShape Shape(RunSpec run, TrainingData data) => new(data.Train.Channels, data.Classes, data.Train.Size);

    private static ModelShape Layout(ModelSpec model, ModelShape data)
    {
        int outputs = model.Head ?? model.Classes ?? data.Classes;
        return outputs >= data.Classes
            ? data with { Channels = model.Channels ?? data.Channels, Classes = outputs, Width = model.Width, Dropout = model.Dropout }
            : throw new ArgumentException(
                $"model.{(model.Head is null ? "classes" : "head")} is {outputs}, and the data has {data.Classes} classes; expected at least as many.",
                nameof(model));
    }
}
