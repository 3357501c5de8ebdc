using Granary.Specs;
using Granary.Trainer.Building;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Collectives;
using Granary.Trainer.Data;
using Granary.Trainer.Health;
using Granary.Trainer.Insight;
using Granary.Trainer.Learning;
using Granary.Trainer.Learning.Finding;
using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Trainer.Runs;

/// <summary>One rank's part of a training run, from its spec to its outcome. Runs once.</summary>
internal sealed class TrainingRun
{
    private readonly TrainingRunRequest _request;
    private readonly StopVote _stop;

    private TrainingRun(TrainingRunRequest request, StopVote stop) => (_request, _stop) = (request, stop);

    /// <summary>A run that has not begun.</summary>
    /// <param name="request">What it is made from.</param>
    /// <exception cref="ArgumentException">
    /// The run lacks a model or a learning rate, or several ranks come without a gradient sum.
    /// </exception>
    public static TrainingRun Create(TrainingRunRequest request)
    {
        if (request.Run.Model.Name is null || request.Run.Train is { LearningRate: null, FindLearningRate: false })
            throw new ArgumentException("A run has a model and a learning rate; only a sweep may leave them out.", nameof(request));
        if (request.Reduction.WorldSize > 1 && request.Callbacks.Count == 0)
            throw new ArgumentException($"{request.Reduction.WorldSize} ranks need a callback that sums their gradients.", nameof(request));
        // What was found is in the checkpoint: a run that goes on does not search again.
        bool found = request.Run.Train.LearningRate is null && request.Resume?.Run.Train.LearningRate is not null;
        return new TrainingRun(found ? WithRate(request, request.Resume!.Run.Train.LearningRate!.Value) : request, new StopVote());
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

    /// <summary>
    /// Runs the learning-rate finder instead of training, on a fresh network of the run's seed; writes nothing. A requested checkpoint ends
    /// it with a curve that is not complete.
    /// </summary>
    /// <param name="range">The rates.</param>
    /// <param name="cancellationToken">Ends the search at the next step.</param>
    public Task<RateCurve> FindLearningRateAsync(RateRange range, CancellationToken cancellationToken) =>
        TrainingThread.RunAsync("training", () =>
        {
            (TrainingData data, Device device) = Prepare();
            return Search(range, data, device, cancellationToken);
        });

    private (TrainingData Data, Device Device) Prepare()
    {
        set_num_threads(_request.Device.Threads);
        RunSpec run = _request.Run;
        return (TrainingData.Load(run.Data, run.Model.Channels), new Device(_request.Device.Cuda ? DeviceType.CUDA : DeviceType.CPU));
    }

    private RunOutcome Train(CancellationToken cancellationToken)
    {
        (TrainingData data, Device device) = Prepare();
        if (_request.Run.Train.LearningRate is not null)
            return Train(data, device, cancellationToken);
        RateCurve curve = Search(new RateRange(), data, device, cancellationToken);
        if (!curve.Complete)
            return new RunOutcome(RunEnd.Paused, 0, 0, "Paused while it searched for a learning rate.", null);
        if (curve.Valley is not { } rate)
        {
            return new RunOutcome(
                RunEnd.Failed, 0, 0, $"lr: auto found none: the loss grew beyond use within {curve.Points.Count} steps. Give lr a number.", null);
        }

        if (_request.Reduction.Rank == 0)
            _request.Observer.OnLearningRate(rate);
        return new TrainingRun(WithRate(_request, rate), _stop).Train(data, device, cancellationToken);
    }

    private RateCurve Search(RateRange range, TrainingData data, Device device, CancellationToken cancellationToken)
    {
        var search = new TrainingRun(WithRate(_request, range.From), _stop);
        RunSpec run = search._request.Run;
        using Network network = NetworkBuilder.Build(run, data, IsCuda(device)).to(device);
        using optim.Optimizer optimizer = Optimizers.Create(run.Train, network.parameters());
        LearnerParts parts = search.Parts(network, optimizer, data, device, new EpochSums(_request.Time));
        return Together(token => RateSearch.Run(parts, range, token), cancellationToken);
    }

    private static bool IsCuda(Device device) => device.type == DeviceType.CUDA;

    private static TrainingRunRequest WithRate(TrainingRunRequest request, double rate) =>
        request with { Run = request.Run with { Train = request.Run.Train with { LearningRate = rate } } };

    // After a loss every rank, rank 0 too, goes on as from a checkpoint; the pictures stay.
    private RunOutcome Train(TrainingData data, Device device, CancellationToken cancellationToken)
    {
        for (TrainingRun run = this; ;)
        {
            RunLeg leg = run.TrainLeg(data, device, cancellationToken);
            if (leg.Outcome is not null)
                return leg.Outcome;
            RunState from = TrainingThread.Await(() => _request.Regroup!(leg.Lost!, leg.State!, cancellationToken));
            run = new TrainingRun(_request with { Resume = from.Checkpoint, Pending = from.Pending }, _stop);
        }
    }

    private RunLeg TrainLeg(TrainingData data, Device device, CancellationToken cancellationToken)
    {
        RunSpec run = _request.Run;
        using Network network =
            (_request.Resume is null
                ? NetworkBuilder.Build(run, data, IsCuda(device))
                : NetworkBuilder.BuildForCheckpoint(run, data, IsCuda(device))).to(device);
        using optim.Optimizer optimizer = Optimizers.Create(run.Train, network.parameters());
        using WeightAverage? average = run.Train.Ema is double decay ? new WeightAverage(network.named_parameters(), decay) : null;
        var history = new EpochHistory(run.Objective, _request.Resume?.History ?? []);
        var checkpoints = new RunCheckpoints(run, new CheckpointShelf(_request.CheckpointFolder, run.Train.Keep), history, average);
        var reporter = new EpochReporter(_request, checkpoints, history);
        var sums = new EpochSums(_request.Time);
        LearnerParts parts = WithReports(Parts(network, optimizer, data, device, sums), network, sums, reporter, history);
        var learner = new Learner(average is null ? parts : parts with { Callbacks = [.. parts.Callbacks, average] });
        if (_request.Resume is not null)
            checkpoints.Restore(_request.Resume, learner);
        try
        {
            return new RunLeg(Fit(learner, reporter, checkpoints, cancellationToken), null, null);
        }
        catch (CollectiveException lost) when (_request.Regroup is not null)
        {
            CheckpointState state = _request.Reduction.Rank == 0 ? checkpoints.Take(learner) : checkpoints.Place(learner);
            return new RunLeg(null, lost, new RunState(state, reporter.Pending));
        }
    }

    private RunOutcome Fit(Learner learner, EpochReporter reporter, RunCheckpoints checkpoints, CancellationToken cancellationToken)
    {
        try
        {
            Together(learner.Fit, cancellationToken);
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
            _ when reporter.IsStuck => End(RunEnd.StoppedEarly, reporter.Stuck),
            _ => End(RunEnd.Paused, "Paused after an epoch."),
        };

        RunOutcome PauseWithinEpoch()
        {
            if (learner.Reduction.Rank == 0)
            {
                CheckpointFiles files = checkpoints.Write(learner);
                TrainingThread.Await(() => _request.Observer.OnCheckpointAsync(files, cancellationToken));
            }

            return End(RunEnd.Paused, "Paused on request.");
        }

        RunOutcome End(RunEnd end, string reason) =>
            new(end, learner.Position.Epoch, learner.Position.Step, reason, checkpoints.Newest);
    }

    // A rank that computes for long, or waits for an answer, would notice at its next sum only that another is lost.
    private T Together<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _request.Ring?.Broken ?? CancellationToken.None);
        try
        {
            return work(ends.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && _request.Ring?.Failure is not null)
        {
            throw _request.Ring.Failure;
        }
    }

    private void Together(Action<CancellationToken> work, CancellationToken cancellationToken) =>
        Together(
            token =>
            {
                work(token);
                return true;
            },
            cancellationToken);

    private int RateScale => _request.Run.Parallel.ScaleLr == "linear" ? _request.Reduction.WorldSize : 1;

    // What computes the run's steps; the search for a learning rate trains with it too.
    private LearnerParts Parts(Network network, optim.Optimizer optimizer, TrainingData data, Device device, EpochSums sums)
    {
        TrainSpec train = _request.Run.Train;
        return new LearnerParts
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
                // All ranks go on from where rank 0 stood.
                .. _request is { Regroup: not null, Reduction.Rank: 0 } ? new[] { new StepBuffers() } : [],
                sums,
                _stop,
                .. train.ClipNorm is double greatest ? new[] { new GradientClip(greatest) } : [],
                .. _request.Callbacks,
            ],
        };
    }

    // The schedules, and whoever looks at the steps.
    private LearnerParts WithReports(LearnerParts parts, Network network, EpochSums sums, EpochReporter reporter, EpochHistory history)
    {
        TrainSpec train = _request.Run.Train;
        int stepsPerEpoch = parts.StepsPerEpoch;
        var watch = new LayerWatch(network, train.WatchEvery);
        var health = new HealthWatch(watch, _request.CheckpointFolder);
        reporter.Health = train.WatchEvery > 0 ? health : null;
        return parts with
        {
            Schedule = Schedules.LearningRate(train, stepsPerEpoch, () => history.Scores, RateScale),
            Callbacks =
            [
                .. parts.Callbacks,
                .. Schedules.Momentum(train, stepsPerEpoch) is { } momentum ? new[] { new MomentumSchedule(momentum) } : [],
                watch,
                health,
                new DivergenceCheck(network, train.Seed),
                new StepReporter(_request.Observer, sums, health, _request.Time),
                reporter,
            ],
        };
    }
}
