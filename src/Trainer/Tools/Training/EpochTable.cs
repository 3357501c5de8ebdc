using System.Globalization;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Runs;

namespace Granary.Trainer.Tools.Training;

/// <summary>Completed epochs as lines of a table whose columns stand.</summary>
/// <param name="epochs">Epochs of the whole run.</param>
internal sealed class EpochTable(int epochs)
{
    private readonly int _width = Math.Max(5, (2 * epochs.ToString(CultureInfo.InvariantCulture).Length) + 1);

    /// <summary>The columns' names.</summary>
    public string Header =>
        $"{"epoch".PadLeft(_width)}  train-loss  train-acc  valid-loss  valid-acc  examples/s  seconds  learning-rate";

    /// <summary>An epoch's line.</summary>
    /// <param name="record">What it measured.</param>
    /// <param name="best">None before was as good.</param>
    public string Line(EpochRecord record, bool best)
    {
        IReadOnlyDictionary<string, double> metrics = record.Metrics;
        string epoch = FormattableString.Invariant($"{record.Epoch}/{epochs}").PadLeft(_width);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{epoch}  {metrics[MetricNames.TrainLoss],10:0.0000}  {metrics[MetricNames.TrainAccuracy],9:0.0000}"
            + $"  {metrics[MetricNames.ValidLoss],10:0.0000}  {metrics[MetricNames.ValidAccuracy],9:0.0000}"
            + $"  {metrics[MetricNames.ExamplesPerSecond],10:#,0}  {metrics[MetricNames.Seconds],7:0.0}  {metrics[MetricNames.LearningRate],13:g4}");
        return best ? line + "  best" : line;
    }
}
