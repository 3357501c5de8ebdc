namespace Granary.Trainer.Learning;

/// <summary>
/// What the ranks of one attempt do together. Every rank calls the same members in the same order with the same lengths; the training
/// loop keeps to that. One rank alone uses <see cref="SingleProcess"/>, so no caller asks whether it is alone.
/// </summary>
internal interface IReduction
{
    /// <summary>This rank, from 0. Rank 0 reports and writes checkpoints.</summary>
    int Rank { get; }

    /// <summary>Ranks of the attempt, at least 1.</summary>
    int WorldSize { get; }

    /// <summary>
    /// Replaces <paramref name="values"/> by their element-wise sums over all ranks, summed in the same order everywhere, so that every
    /// rank holds the same bits afterwards. Called from one thread at a time.
    /// </summary>
    /// <param name="values">This rank's numbers, at least one; not touched by the caller until the task ends.</param>
    /// <param name="patience">
    /// How long a silent but living peer may keep the others waiting: short for a step, long while rank 0 stores a checkpoint.
    /// A peer that is gone ends the call at once either way.
    /// </param>
    /// <param name="cancellationToken">Gives up; the ranks can do nothing together after that.</param>
    Task SumAsync(Memory<float> values, TimeSpan patience, CancellationToken cancellationToken);
}
