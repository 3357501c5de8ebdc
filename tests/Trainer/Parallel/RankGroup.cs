using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Data;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using Granary.Trainer.Parallel;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Parallel;

/// <summary>
/// A small network trained on a few drawn pictures, by one rank or by several that a ring in memory joins: the same training loop,
/// optimizer and callbacks as a run's.
/// </summary>
internal sealed record RankGroup
{
    public required string Model { get; init; }

    public double Width { get; init; } = 1;

    public int Size { get; init; } = 32;

    public int Channels { get; init; } = 3;

    /// <summary>Most features of a hidden linear layer, which <see cref="Width"/> leaves as they are.</summary>
    public int Hidden { get; init; } = int.MaxValue;

    /// <summary>Examples of a batch over all ranks.</summary>
    public required int Batch { get; init; }

    /// <summary>Examples of an epoch.</summary>
    public required int Examples { get; init; }

    public int Steps { get; init; } = 50;

    /// <summary>Of the first weights.</summary>
    public int Seed { get; init; } = 20;

    /// <summary>Low enough that a ReLU or a pool that rounding turns another way is met by no model here in 50 steps.</summary>
    public TrainSpec Train { get; init; } = new() { LearningRate = 0.003, Momentum = 0.9 };

    public ParallelSpec Parallel { get; init; } = new();

    /// <summary>What joins each rank's loop, for the rank.</summary>
    public Func<int, Callback[]> Callbacks { get; init; } = _ => [];

    /// <summary>Trains with one rank, or with several.</summary>
    /// <param name="ranks">How many.</param>
    /// <returns>The state of each rank's network when it has made the steps, by name.</returns>
    public async Task<Dictionary<string, float[]>[]> TrainAsync(int ranks)
    {
        manual_seed(Seed);
        var networks = Enumerable.Range(0, ranks).Select(_ => Build()).ToArray();
        try
        {
            foreach (var network in networks.Skip(1)) network.load_state_dict(networks[0].state_dict());
            await FitAllAsync(networks).WaitAsync(TimeSpan.FromMinutes(4));
            return [.. networks.Select(State)];
        }
        finally
        {
            foreach (var network in networks) network.Dispose();
        }
    }

    /// <summary>What <see cref="TrainAsync"/> begins with, without the buffers, by name.</summary>
    public Dictionary<string, float[]> StartingParameters()
    {
        manual_seed(Seed);
        using var network = Build();
        using var untracked = no_grad();
        return network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.data<float>().ToArray());
    }

    /// <summary>The greatest difference between two states, in what the first one has.</summary>
    public static double Distance(Dictionary<string, float[]> one, Dictionary<string, float[]> other) =>
        one.Max(entry => entry.Value.Zip(other[entry.Key], (a, b) => Math.Abs((double)a - b)).DefaultIfEmpty().Max());

    private Network Build()
    {
        var network = ModelFactory.Create(Model, new ModelShape(Channels, 10, Size) { Width = Width });
        var linears = network.Stages.Select(stage => stage.Module).OfType<LinearLayer>().ToArray();
        return linears.All(linear => linear.Outputs <= Hidden) ? network : Narrow(network, linears);
    }

    private Network Narrow(Network network, LinearLayer[] linears)
    {
        var narrow = linears.ToDictionary(
            linear => linear,
            linear => new LinearLayer(
                linear == linears[0] ? linear.Features : Math.Min(linear.Features, Hidden), Math.Min(linear.Outputs, Hidden)));
        foreach (var linear in linears) linear.Dispose();
        return new Network(
            network.GetName(),
            [.. network.Stages.Select(stage => stage.Module is LinearLayer wide ? stage with { Module = narrow[wide] } : stage)],
            network.Body);
    }

    private async Task FitAllAsync(Network[] networks)
    {
        if (networks.Length == 1)
        {
            await TrainingThread.RunAsync("alone", () => Fit(networks[0], SingleProcess.Instance, Callbacks(0)));
            return;
        }

        using var ring = new MemoryRing(networks.Length, Parallel.Ring());
        await Task.WhenAll(
            ring.Ranks.Select(rank => TrainingThread.RunAsync($"rank {rank.Rank}", () => FitRank(networks[rank.Rank], rank))));
    }

    private bool FitRank(Network network, ICollective rank)
    {
        try
        {
            return Fit(network, new RingReduction(rank), [.. RankCallbacks.Of(rank, Parallel), .. Callbacks(rank.Rank)]);
        }
        catch (Exception e)
        {
            // As a worker does: the others must not wait for it.
            rank.Abort(e.Message);
            throw;
        }
    }

    private bool Fit(Network network, IReduction reduction, Callback[] callbacks)
    {
        set_num_threads(1);
        var data = TrainingData.Load(new DataSpec { Set = "synthetic", Limit = Examples, Resize = Size }, Channels);
        using var optimizer = Optimizers.Create(Train, network.parameters());
        new Learner(new LearnerParts
        {
            Model = network,
            Optimizer = optimizer,
            Data = data with { Valid = new NoImages(data.Train) },
            Device = CPU,
            BatchSize = Batch,
            Accumulate = Train.Accumulate,
            Epochs = int.MaxValue,
            Seed = 9,
            Schedule = _ => Train.LearningRate!.Value,
            Reduction = reduction,
            Time = TimeProvider.System,
            Callbacks =
            [
                new EpochSums(TimeProvider.System),
                new NoDropout(),
                new StopAfter(Steps),
                .. Train.ClipNorm is { } greatest ? new[] { new GradientClip(greatest) } : [],
                .. callbacks,
            ],
        }).Fit(CancellationToken.None);
        return true;
    }

    private static Dictionary<string, float[]> State(Network network)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        return network.state_dict().ToDictionary(
            entry => entry.Key, entry => entry.Value.to_type(ScalarType.Float32).data<float>().ToArray());
    }

    /// <summary>Which units are dropped follows the rank (see docs/data-parallel.md), so ranks cannot drop what one rank would.</summary>
    private sealed class NoDropout : Callback
    {
        public override int Order => 1;

        public override void BeforeBatch(Learner learner)
        {
            foreach (var dropout in learner.Model.modules().OfType<Dropout>()) dropout.eval();
        }
    }

    private sealed class StopAfter(int steps) : Callback
    {
        public override int Order => 99;

        public override void AfterStep(Learner learner) => learner.StopRequested |= learner.Position.Step == steps;
    }
}
