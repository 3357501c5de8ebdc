using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tools.Training;

/// <summary>A line per epoch: for logs and pipes.</summary>
/// <param name="output">Where to.</param>
/// <param name="epochs">Epochs of the whole run.</param>
internal sealed class PlainTrainDisplay(TextWriter output, int epochs) : ITrainDisplay
{
    private readonly Lock _lock = new();
    private readonly EpochTable _table = new(epochs);
    private bool _headed;

    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(TrainProgress progress, Func<Task<T>> work) => work();

    /// <inheritdoc/>
    public void Epoch(EpochRecord record, bool best)
    {
        lock (_lock)
        {
            if (!_headed)
                output.WriteLine(_table.Header);
            _headed = true;
            output.WriteLine(_table.Line(record, best));
        }
    }

    /// <inheritdoc/>
    public void Say(string line)
    {
        lock (_lock)
            output.WriteLine(line);
    }

    /// <inheritdoc/>
    public void End(TrainSummary summary)
    {
        Say(summary.Sentence);
        if (summary.BestSentence is { } best)
            Say(best);
    }
}
