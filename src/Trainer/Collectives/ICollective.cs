namespace Granary.Trainer.Collectives;

/// <summary>
/// What the ranks of one attempt do together. Every rank makes the same calls in the same order; a call may be made while others are under
/// way, and they are carried out one after the other. <see cref="Abort"/> alone may come at any time, and ends what waits. A patience is how
/// long a silent but living peer may keep the others waiting; a peer that is gone, frozen or out of reach ends the call within
/// <see cref="RingOptions.Silence"/>.
/// </summary>
internal interface ICollective : IAsyncDisposable
{
    /// <summary>This rank, from 0.</summary>
    int Rank { get; }

    /// <summary>Ranks of the attempt, at least 1.</summary>
    int WorldSize { get; }

    /// <summary>What the ranks are doing, in words such as <c>step 120, bucket 2</c>: messages about failures say it.</summary>
    string Activity { get; set; }

    /// <summary>
    /// Why the ranks can do nothing together any more; null while they can. A rank that is busy elsewhere learns it by <see cref="Broken"/>.
    /// </summary>
    CollectiveException? Failure { get; }

    /// <summary>Cancelled when the ranks can do nothing together any more.</summary>
    CancellationToken Broken { get; }

    /// <summary>Replaces each element by its sum or mean over all ranks: the same bits on every rank, for the order of the sum is fixed.</summary>
    /// <param name="values">As many on every rank; not touched by the caller until the task ends.</param>
    /// <param name="kind">What is computed.</param>
    /// <param name="patience">How long to wait for a silent but living peer.</param>
    /// <param name="cancellationToken">Gives up; the ranks can do nothing together after that.</param>
    /// <exception cref="CollectiveException">A rank is gone, stuck, or sent something else than this.</exception>
    Task AllReduceAsync(Memory<float> values, ReduceKind kind, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Replaces numbers in a device's memory by their sums over all ranks, the same bits on every rank.</summary>
    /// <param name="values">As many on every rank; not touched by the caller until the task ends.</param>
    /// <param name="patience">How long to wait for a silent but living peer.</param>
    /// <param name="cancellationToken">Gives up; the ranks can do nothing together after that.</param>
    /// <exception cref="CollectiveException">A rank is gone, stuck, or sent something else than this.</exception>
    Task AllReduceAsync(IDeviceValues values, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Brings every rank's bytes to all ranks.</summary>
    /// <param name="own">This rank's, as many on every rank.</param>
    /// <param name="all">Room for those of all ranks; filled in order of rank.</param>
    /// <param name="patience">How long to wait for a silent but living peer.</param>
    /// <param name="cancellationToken">Gives up; the ranks can do nothing together after that.</param>
    /// <exception cref="CollectiveException">A rank is gone, stuck, or sent something else than this.</exception>
    Task AllGatherAsync(ReadOnlyMemory<byte> own, Memory<byte> all, TimeSpan patience, CancellationToken cancellationToken);

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
