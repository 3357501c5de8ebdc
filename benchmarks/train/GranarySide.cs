using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Data;
using Granary.Trainer.Health;
using Granary.Trainer.Insight;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using Granary.Trainer.Runs;
using static TorchSharp.torch;

namespace Granary.Benchmarks.Train;

/// <summary>The product's own loop: its learner, loader, loss, optimizer and the callbacks of a run, on a training thread.</summary>
internal sealed class GranarySide : ISide
{
    // Enough for any number of windows; what is drawn for an epoch's order stays small.
    private const int Steps = 4_000;

    private readonly Gate _gate = new();
    private readonly Task<bool> _loop;
    private StepCosts? _costs;

    /// <summary>A loop that waits for its first window.</summary>
    /// <param name="case">The network and its pictures.</param>
    /// <param name="setup">How it is trained.</param>
    /// <param name="watchEvery">Steps between two samples of every layer; 0: none.</param>
    public GranarySide(TrainCase @case, Setup setup, int watchEvery)
    {
        Name = watchEvery == 0 ? "Granary" : $"Granary, watching every {watchEvery}";
        _loop = TrainingThread.RunAsync("training", () => Train(@case, setup, watchEvery));
        _ = _loop.ContinueWith(
            loop => _gate.Fail(loop.Exception!.InnerException!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string? Remark => _costs?.ToString();

    /// <inheritdoc/>
    public Window Run(double seconds) => _gate.Run(seconds);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _gate.End();
        await _loop;
        _gate.Dispose();
    }

    private bool Train(TrainCase @case, Setup setup, int watchEvery)
    {
        set_num_threads(setup.Threads);
        manual_seed(1);
        using Network network = @case.Create();
        var train = new TrainSpec { Optimizer = "sgd", LearningRate = 0.01, Momentum = 0.9, WatchEvery = watchEvery };
        using optim.Optimizer optimizer = Optimizers.Create(train, network.parameters());
        var sums = new EpochSums(TimeProvider.System);
        var watch = new LayerWatch(network, watchEvery);
        var health = new HealthWatch(watch, Path.Combine(Path.GetTempPath(), "granary-benchmark"));
        _costs = new StepCosts(watch);
        ImageSet pictures = Pictures(@case);
        new Learner(new LearnerParts
        {
            Model = network,
            Optimizer = optimizer,
            Data = new TrainingData(
                new RepeatedPictures(pictures, Steps * @case.Batch), new RepeatedPictures(pictures, @case.Batch), 10, Normalisation.UnitRange),
            Device = CPU,
            BatchSize = @case.Batch,
            Accumulate = 1,
            Loss = (prediction, targets) => nn.functional.cross_entropy(prediction, targets),
            Epochs = int.MaxValue,
            Seed = train.Seed,
            Schedule = _ => train.LearningRate.Value,
            Reduction = SingleProcess.Instance,
            Time = TimeProvider.System,
            Callbacks =
            [
                new StepSeed(train.Seed),
                sums,
                watch,
                new StopVote(),
                new DivergenceCheck(network, train.Seed),
                health,
                new StepReporter(new Silence(), sums, health, TimeProvider.System),
                _costs,
                _gate,
            ],
        }).Fit(CancellationToken.None);
        return true;
    }

    private static ImageSet Pictures(TrainCase @case)
    {
        byte[] pixels = new byte[@case.Pictures * @case.Channels * @case.Size * @case.Size];
        int[] labels = new int[@case.Pictures];
        var random = new Random(1);
        random.NextBytes(pixels);
        for (int i = 0; i < labels.Length; i++)
            labels[i] = random.Next(10);
        return new ImageSet(@case.Name, @case.Channels, @case.Size, pixels, labels);
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
