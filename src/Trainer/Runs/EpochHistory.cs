using Granary.Specs;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Runs;

/// <summary>
/// The completed epochs of a run, and what they say about its objective. All decisions that hang on validation are functions of it, so
/// a resumed run decides as the undisturbed one, and every rank as every other: its numbers are sums over all ranks.
/// </summary>
/// <param name="objective">What is better.</param>
/// <param name="completed">The epochs before this run, in order.</param>
internal sealed class EpochHistory(ObjectiveSpec objective, IEnumerable<EpochRecord> completed)
{
    private readonly List<EpochRecord> _epochs = [.. completed];
    private readonly List<double> _scores = [.. completed.Select(epoch => Score(objective, epoch))];

    /// <summary>The epochs, in order.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>Each epoch's objective, turned so that greater is better; the least of all where it is not a number.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <summary>Epochs since the best one, which is the first of equals; 0 when the last was the best, or there is none.</summary>
    public int EpochsWithoutBetter => _scores.Count == 0 ? 0 : _scores.Count - 1 - _scores.IndexOf(_scores.Max());

    /// <summary>Adds an epoch.</summary>
    /// <param name="epoch">What it measured, the objective's metric among it.</param>
    public void Add(EpochRecord epoch)
    {
        _epochs.Add(epoch);
        _scores.Add(Score(objective, epoch));
    }

    /// <summary>The best epochs, best first; of equals the earlier one is better.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<int> Best(int count) =>
        [.. _epochs.Zip(_scores).OrderByDescending(pair => pair.Second).Select(pair => pair.First.Epoch).Take(count)];

    private static double Score(ObjectiveSpec objective, EpochRecord epoch)
    {
        double value = epoch.Metrics[objective.Metric];
        return double.IsNaN(value) ? double.NegativeInfinity : objective.Maximize ? value : -value;
    }
}
