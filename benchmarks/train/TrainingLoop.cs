using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Data;
using Granary.Trainer.Health;
using Granary.Trainer.Insight;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using Granary.Trainer.Parallel;
using Granary.Trainer.Runs;
using static TorchSharp.torch;

namespace Granary.Benchmarks.Train;

/// <summary>The product's own loop over drawn pictures: its learner, loader, loss, optimizer and the callbacks of a run.</summary>
/// <param name="Case">The network and its pictures.</param>
/// <param name="Threads">Threads of libtorch.</param>
internal sealed record TrainingLoop(TrainCase Case, int Threads)
{
    // Enough for any number of windows; what is drawn for an epoch's order stays small.
    private const int Steps = 4_000;

    /// <summary>Holds the loop between two windows.</summary>
    public required Callback Gate { get; init; }

    /// <summary>Ends the loop on all ranks.</summary>
    public StopVote Stop { get; init; } = new();

    /// <summary>Steps between two samples of every layer; 0: none.</summary>
    public int WatchEvery { get; init; }

    /// <summary>Told the watch; returns what goes before the gate.</summary>
    public Func<LayerWatch, Callback>? Watching { get; init; }

    /// <summary>The ranks that train together, each on a batch of the case's size; null: this process alone.</summary>
    public ICollective? Ring { get; init; }

    /// <summary>Trains on this thread until the gate asks for the end.</summary>
    public void Run()
    {
        set_num_threads(Threads);
        manual_seed(1);
        using Network network = Case.Create();
        var train = new TrainSpec { Optimizer = "sgd", LearningRate = 0.01, Momentum = 0.9, WatchEvery = WatchEvery };
        using optim.Optimizer optimizer = Optimizers.Create(train, network.parameters());
        var sums = new EpochSums(TimeProvider.System);
        var watch = new LayerWatch(network, WatchEvery);
        var health = new HealthWatch(watch, Path.Combine(Path.GetTempPath(), "granary-benchmark"));
        int batch = Case.Batch * (Ring?.WorldSize ?? 1);
        ImageSet pictures = Pictures();
        using DataParallel? parallel = Ring is null ? null : new DataParallel(Ring, new ParallelSpec());
        Callback?[] callbacks =
        [
            new StepSeed(train.Seed),
            sums,
            parallel,
            watch,
            Stop,
            new DivergenceCheck(network, train.Seed),
            health,
            new StepReporter(new Silence(), sums, health, TimeProvider.System),
            Watching?.Invoke(watch),
            Gate,
        ];
        new Learner(new LearnerParts
        {
            Model = network,
            Optimizer = optimizer,
            Data = new TrainingData(
                new RepeatedPictures(pictures, Steps * batch), new RepeatedPictures(pictures, batch), 10, Normalisation.UnitRange),
            Device = CPU,
            BatchSize = batch,
            Accumulate = 1,
            Loss = (prediction, targets) => nn.functional.cross_entropy(prediction, targets),
            Epochs = int.MaxValue,
            Seed = train.Seed,
            Schedule = _ => train.LearningRate.Value,
            Reduction = Ring is null ? SingleProcess.Instance : new RingReduction(Ring),
            Time = TimeProvider.System,
            Callbacks = [.. callbacks.OfType<Callback>()],
        }).Fit(CancellationToken.None);
    }

    private ImageSet Pictures()
    {
        byte[] pixels = new byte[Case.Pictures * Case.Channels * Case.Size * Case.Size];
        int[] labels = new int[Case.Pictures];
        var random = new Random(1);
        random.NextBytes(pixels);
        for (int i = 0; i < labels.Length; i++)
            labels[i] = random.Next(10);
        return new ImageSet(Case.Name, Case.Channels, Case.Size, pixels, labels);
    }

    private sealed class Silence : ITrainingObserver
    {
        public void OnStep(StepResult result)
        {
        }

        public Task<EpochDecision> OnEpochAsync(EpochResult result, CancellationToken cancellationToken) =>
            Task.FromResult(EpochDecision.Continue);

        public Task OnCheckpointAsync(CheckpointFiles checkpoint, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
