using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Tools.Training;

/// <summary>Shows a run to whoever started it. Any thread may call it.</summary>
internal interface ITrainDisplay
{
    /// <summary>Shows while <paramref name="work"/> runs.</summary>
    /// <param name="progress">Where the run is.</param>
    /// <param name="work">The run.</param>
    Task<T> ShowAsync<T>(TrainProgress progress, Func<Task<T>> work);

    /// <summary>An epoch is complete.</summary>
    /// <param name="record">What it measured.</param>
    /// <param name="best">None before was as good.</param>
    void Epoch(EpochRecord record, bool best);

    /// <summary>One line of news.</summary>
    /// <param name="line">The line.</param>
    void Say(string line);

    /// <summary>How the run ended.</summary>
    /// <param name="summary">The end.</param>
    void End(TrainSummary summary);
}
