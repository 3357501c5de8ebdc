namespace Granary.Trainer.Collectives;

/// <summary>How long a rank waits for another one within a collective.</summary>
/// <param name="Patience">For one chunk, or for room for one; <see cref="Timeout.InfiniteTimeSpan"/>: until the ring breaks.</param>
/// <param name="Token">Gives up.</param>
internal readonly record struct LaneWait(TimeSpan Patience, CancellationToken Token);
