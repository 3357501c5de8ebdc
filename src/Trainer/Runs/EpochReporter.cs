using Granary.Trainer.Checkpoints;
using Granary.Trainer.Health;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Runs;

/// <summary>
/// After each epoch: rank 0 writes the checkpoint, reports, and shares the answer with the other ranks, so that all go on or stop alike.
/// </summary>
/// <param name="request">The run.</param>
/// <param name="checkpoints">Rank 0's checkpoints.</param>
/// <param name="history">The completed epochs; takes each new one.</param>
internal sealed class EpochReporter(TrainingRunRequest request, RunCheckpoints checkpoints, EpochHistory history) : Callback
{
    // The others wait while rank 0 writes, uploads and reports.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private PendingEpoch? _pending = request.Pending;

    /// <inheritdoc/>
    public override int Order => 95;

    /// <summary>So many epochs brought nothing better that the run's options end it.</summary>
    public bool IsStuck => history.EpochsWithoutBetter >= request.Run.Train.EarlyStop;

    /// <summary>How a run that is stuck ended, in words.</summary>
    public string Stuck
    {
        get
        {
            string metric = request.Run.Objective.Metric;
            EpochRecord best = history.Epochs[history.Best(1)[0] - 1];
            return FormattableString.Invariant(
                $"Stopped early: {metric} got no better in {history.EpochsWithoutBetter} epochs; epoch {best.Epoch} was the best with {best.Metrics[metric]:g6}.");
        }
    }

    /// <summary>Judges the run; null where no layer is watched.</summary>
    public HealthWatch? Health { get; set; }

    /// <summary>The last answer.</summary>
    public EpochDecision Decision { get; private set; }

    /// <summary>The completed epoch whose answer has not reached this rank; null: there is none.</summary>
    public PendingEpoch? Pending => _pending;

    /// <inheritdoc/>
    public override void BeforeFit(Learner learner)
    {
        // A run that ended early ends at once when it is resumed.
        learner.StopRequested |= IsStuck && learner.Position.Batch == 0;
        if (_pending is not null)
            Settle(learner);
    }

    /// <inheritdoc/>
    public override void AfterEpoch(Learner learner)
    {
        history.Add(new EpochRecord(learner.Position.Epoch, Metrics(learner)));
        _pending = new PendingEpoch(null);
        Settle(learner);
    }

    // A rank may be lost while rank 0 reports: what was answered then is kept, and nothing is reported twice.
    private void Settle(Learner learner)
    {
        float[] answer = [0];
        if (learner.Reduction.Rank == 0)
        {
            _pending = new PendingEpoch(_pending!.Answer ?? Report(learner, history.Epochs[^1]));
            answer[0] = (float)_pending.Answer!.Value;
        }

        TrainingThread.Await(() => learner.Reduction.SumAsync(answer, Patience, learner.Cancellation));
        _pending = null;
        Decision = (EpochDecision)(int)answer[0];
        learner.StopRequested |= IsStuck || Decision != EpochDecision.Continue;
    }

    private EpochDecision Report(Learner learner, EpochRecord record)
    {
        CheckpointFiles files = checkpoints.Write(learner);
        bool last = IsStuck || learner.Position.Epoch == learner.Epochs;
        var result = new EpochResult(record.Epoch, learner.Position.Step, record.Metrics, files, last, Health?.Verdict);
        return TrainingThread.Await(() => request.Observer.OnEpochAsync(result, learner.Cancellation));
    }

    private Dictionary<string, double> Metrics(Learner learner)
    {
        RunningSums sums = learner.Sums;
        var metrics = new Dictionary<string, double>
        {
            [MetricNames.TrainLoss] = sums.Loss / sums.Examples,
            [MetricNames.TrainAccuracy] = sums.Correct / sums.Examples,
            [MetricNames.ValidLoss] = learner.Validation.Loss,
            [MetricNames.ValidAccuracy] = learner.Validation.Accuracy,
            [MetricNames.ExamplesPerSecond] = sums.Examples / sums.Seconds,
            [MetricNames.Seconds] = sums.Seconds + learner.Validation.Seconds,
            [MetricNames.LearningRate] = learner.LearningRate,
        };
        foreach ((string name, double value) in learner.EpochMeasures)
            metrics[name] = value;
        if (request.Run.Train is { FindLearningRate: true, LearningRate: { } found })
            metrics[MetricNames.FoundLearningRate] = found;
        return metrics;
    }
}
