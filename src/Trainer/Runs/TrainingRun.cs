using Granary.Specs;
using Granary.Trainer.Building;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Data;
using Granary.Trainer.Health;
using Granary.Trainer.Insight;
using Granary.Trainer.Learning;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Runs;

/// <summary>One rank's part of a training run, from its spec to its outcome. Runs once.</summary>
internal sealed class TrainingRun
{
    private readonly TrainingRunRequest _request;
    private readonly StopVote _stop = new();

    private TrainingRun(TrainingRunRequest request) => _request = request;

    /// <summary>A run that has not begun.</summary>
    /// <param name="request">What it is made from.</param>
    /// <exception cref="ArgumentException">
    /// The run lacks a model or a learning rate, or several ranks come without a gradient sum.
    /// </exception>
    public static TrainingRun Create(TrainingRunRequest request)
    {
        if (request.Run.Model.Name is null || request.Run.Train.LearningRate is null)
            throw new ArgumentException("A run has a model and a learning rate; only a sweep may leave them out.", nameof(request));
        if (request.Reduction.WorldSize > 1 && request.Callbacks.Count == 0)
            throw new ArgumentException($"{request.Reduction.WorldSize} ranks need a callback that sums their gradients.", nameof(request));
        return new TrainingRun(request);
    }

    /// <summary>
    /// Asks for a checkpoint and the end of the run as <see cref="RunEnd.Paused"/>, after the running step, on all ranks at the same one.
    /// From any thread; asking one rank is enough, asking all or twice changes nothing.
    /// </summary>
    public void RequestCheckpoint() => _stop.Request();

    /// <summary>Trains, on a thread of its own. Errors of the surroundings (files, peers, the observer) are thrown.</summary>
    /// <param name="cancellationToken">Ends the run at the next step, without a checkpoint.</param>
    public Task<RunOutcome> RunAsync(CancellationToken cancellationToken) =>
        TrainingThread.RunAsync("training", () => Train(cancellationToken));

    private RunOutcome Train(CancellationToken cancellationToken)
    {
        set_num_threads(_request.Device.Threads);
        RunSpec run = _request.Run;
        Device device = new(_request.Device.Cuda ? DeviceType.CUDA : DeviceType.CPU);
        TrainingData data = TrainingData.Load(run.Data, run.Model.Channels);
        using Network network =
            (_request.Resume is null ? NetworkBuilder.Build(run, data) : NetworkBuilder.BuildForCheckpoint(run, data)).to(device);
        using optim.Optimizer optimizer = Optimizers.Create(run.Train, network.parameters());
        var shelf = new CheckpointShelf(_request.CheckpointFolder, run.Train.Keep);
        var history = new EpochHistory(run.Objective, _request.Resume?.History ?? []);
        var reporter = new EpochReporter(_request, shelf, history);
        var learner = new Learner(Parts(network, optimizer, data, device, reporter, history));
        if (_request.Resume is not null)
        {
            RunState.Restore(_request.Resume, _request.Run, learner);
            shelf.Adopt(_request.Resume);
        }

        return Fit(learner, reporter, shelf, history, cancellationToken);
    }

    private RunOutcome Fit(
        Learner learner, EpochReporter reporter, CheckpointShelf shelf, EpochHistory history, CancellationToken cancellationToken)
    {
        try
        {
            learner.Fit(cancellationToken);
        }
        catch (DivergedException diverged)
        {
            return End(RunEnd.Failed, diverged.Message);
        }

        return learner switch
        {
            { StopRequested: false } => End(RunEnd.Finished, ""),
            { Position.Batch: > 0 } => PauseWithinEpoch(),
            _ when reporter.Decision == EpochDecision.Stop => End(RunEnd.StoppedByScheduler, "The scheduler stopped it."),
            _ when learner.Position.Epoch == learner.Epochs => End(RunEnd.Finished, ""),
            _ when reporter.IsStuck => End(RunEnd.StoppedEarly, Stuck(history)),
            _ => End(RunEnd.Paused, "Paused after an epoch."),
        };

        RunOutcome PauseWithinEpoch()
        {
            if (learner.Reduction.Rank == 0)
            {
                CheckpointFiles files = shelf.Write(RunState.Capture(_request.Run, learner, history.Epochs), history);
                TrainingThread.Await(() => _request.Observer.OnCheckpointAsync(files, cancellationToken));
            }

            return End(RunEnd.Paused, "Paused on request.");
        }

        RunOutcome End(RunEnd end, string reason) =>
            new(end, learner.Position.Epoch, learner.Position.Step, reason, shelf.Newest);
    }

    private string Stuck(EpochHistory history)
    {
        string metric = _request.Run.Objective.Metric;
        int best = history.Best(1)[0];
        return FormattableString.Invariant(
            $"Stopped early: {metric} got no better in {history.EpochsWithoutBetter} epochs; epoch {best} was the best with {history.Epochs[best - 1].Metrics[metric]:g6}.");
    }

    private LearnerParts Parts(
        Network network, optim.Optimizer optimizer, TrainingData data, Device device, EpochReporter reporter, EpochHistory history)
    {
        TrainSpec train = _request.Run.Train;
        var sums = new EpochSums(_request.Time);
        var watch = new LayerWatch(network, train.WatchEvery);
        var health = new HealthWatch(watch, _request.CheckpointFolder);
        reporter.Health = train.WatchEvery > 0 ? health : null;
        var parts = new LearnerParts
        {
            Model = network,
            Optimizer = optimizer,
            Data = data,
            Device = device,
            BatchSize = _request.Run.Data.Batch,
            Accumulate = train.Accumulate,
            Loss = (prediction, targets) => nn.functional.cross_entropy(prediction, targets, label_smoothing: train.LabelSmoothing),
            Epochs = train.Epochs,
            Seed = train.Seed,
            Schedule = _ => train.LearningRate!.Value,
            Reduction = _request.Reduction,
            Time = _request.Time,
            Callbacks =
            [
                new StepSeed(train.Seed),
                sums,
                watch,
                health,
                _stop,
                new DivergenceCheck(),
                new StepReporter(_request.Observer, sums, health, _request.Time),
                reporter,
                .. _request.Callbacks,
            ],
        };
        int stepsPerEpoch = parts.StepsPerEpoch;
        return parts with
        {
            Schedule = Schedules.LearningRate(train, stepsPerEpoch, () => history.Scores),
            Callbacks = Schedules.Momentum(train, stepsPerEpoch) is { } momentum
                ? [.. parts.Callbacks, new MomentumSchedule(momentum)]
                : parts.Callbacks,
        };
    }
}
