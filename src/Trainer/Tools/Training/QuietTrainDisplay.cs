using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tools.Training;

/// <summary>Nothing but the end.</summary>
/// <param name="output">Where to.</param>
/// <param name="error">Where news go.</param>
internal sealed class QuietTrainDisplay(TextWriter output, TextWriter error) : ITrainDisplay
{
    /// <inheritdoc/>
    public Task<T> ShowAsync<T>(TrainProgress progress, Func<Task<T>> work) => work();

    /// <inheritdoc/>
    public void Epoch(EpochRecord record, bool best)
    {
    }

    /// <inheritdoc/>
    public void Say(string line) => error.WriteLine(line);

    /// <inheritdoc/>
    public void End(TrainSummary summary)
    {
        output.WriteLine(summary.Sentence);
        if (summary.BestSentence is { } best)
            output.WriteLine(best);
    }
}
