using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;

namespace Granary.Trainer.Runs;

/// <summary>
/// After each epoch: rank 0 writes the checkpoint, reports, and shares the answer with the other ranks, so that all go on or stop alike.
/// </summary>
/// <param name="request">The run.</param>
/// <param name="shelf">Rank 0's checkpoints.</param>
internal sealed class EpochReporter(TrainingRunRequest request, CheckpointShelf shelf) : Callback
{
    // The others wait while rank 0 writes, uploads and reports.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly List<EpochRecord> _history = [.. request.Resume?.History ?? []];

    /// <inheritdoc/>
    public override int Order => 95;

    /// <summary>The completed epochs.</summary>
    public IReadOnlyList<EpochRecord> History => _history;

    /// <summary>The best completed epoch, the first of equals; null before the first.</summary>
    public EpochRecord? Best => _history.Aggregate((EpochRecord?)null, (best, next) => best is null || IsBetter(next, best) ? next : best);

    /// <summary>The last answer.</summary>
    public EpochDecision Decision { get; private set; }

    /// <inheritdoc/>
    public override void AfterEpoch(Learner learner)
    {
        var record = new EpochRecord(learner.Position.Epoch, Metrics(learner));
        bool best = Best is not { } known || IsBetter(record, known);
        _history.Add(record);
        float[] answer = [0];
        if (learner.Reduction.Rank == 0)
            answer[0] = (float)Report(learner, record, best);
        TrainingThread.Await(() => learner.Reduction.SumAsync(answer, Patience, learner.Cancellation));
        Decision = (EpochDecision)(int)answer[0];
        learner.StopRequested |= Decision != EpochDecision.Continue;
    }

    private EpochDecision Report(Learner learner, EpochRecord record, bool best)
    {
        CheckpointFiles files = shelf.Write(RunState.Capture(request.Run, learner, _history), best);
        var result = new EpochResult(
            record.Epoch, learner.Position.Step, record.Metrics, files, Last: learner.Position.Epoch == learner.Epochs);
        return TrainingThread.Await(() => request.Observer.OnEpochAsync(result, learner.Cancellation));
    }

    private bool IsBetter(EpochRecord record, EpochRecord earlier)
    {
        ObjectiveSpec objective = request.Run.Objective;
        double difference = record.Metrics[objective.Metric] - earlier.Metrics[objective.Metric];
        return objective.Maximize ? difference > 0 : difference < 0;
    }

    private static Dictionary<string, double> Metrics(Learner learner)
    {
        RunningSums sums = learner.Sums;
        return new Dictionary<string, double>
        {
            [MetricNames.TrainLoss] = sums.Loss / sums.Examples,
            [MetricNames.TrainAccuracy] = sums.Correct / sums.Examples,
            [MetricNames.ValidLoss] = learner.Validation.Loss,
            [MetricNames.ValidAccuracy] = learner.Validation.Accuracy,
            [MetricNames.ExamplesPerSecond] = sums.Examples / sums.Seconds,
            [MetricNames.Seconds] = sums.Seconds + learner.Validation.Seconds,
            [MetricNames.LearningRate] = learner.LearningRate,
        };
    }
}
