namespace Granary.Trainer.Collectives;

/// <summary>
/// What the ranks of one attempt do together. Every rank makes the same calls in the same order, one at a time; <see cref="Abort"/> alone
/// may come at any time, and ends a call that waits. A patience is how long a silent but living peer may keep the others waiting; a peer
/// that is gone ends the call at once.
/// </summary>
internal interface ICollective : IAsyncDisposable
{
    /// <summary>This rank, from 0.</summary>
    int Rank { get; }

    /// <summary>Ranks of the attempt, at least 2.</summary>
    int WorldSize { get; }

    /// <summary>Replaces each element by its sum over all ranks: the same bits on every rank, for the order of the sum is fixed.</summary>
    /// <param name="values">As many on every rank; not touched by the caller until the task ends.</param>
    /// <param name="patience">How long to wait for a silent but living peer.</param>
    /// <param name="cancellationToken">Gives up; the ranks can do nothing together after that.</param>
    /// <exception cref="CollectiveException">A rank is gone, stuck, or sent something else than this.</exception>
    Task SumAsync(Memory<float> values, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Replaces the bytes by those of rank 0.</summary>
    /// <param name="bytes">As many on every rank.</param>
    /// <param name="patience">How long to wait for a silent but living peer.</param>
    /// <param name="cancellationToken">Gives up; the ranks can do nothing together after that.</param>
    /// <exception cref="CollectiveException">A rank is gone, stuck, or sent something else than this.</exception>
    Task BroadcastAsync(Memory<byte> bytes, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Ends once every rank has called it.</summary>
    /// <param name="patience">How long to wait for the slowest rank.</param>
    /// <param name="cancellationToken">Gives up; the ranks can do nothing together after that.</param>
    /// <exception cref="CollectiveException">A rank is gone or stuck.</exception>
    Task BarrierAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Ends this and every other rank's collectives with a reason. Repeating it changes nothing.</summary>
    /// <param name="reason">What went wrong, in words.</param>
    void Abort(string reason);
}
