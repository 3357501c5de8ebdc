namespace Granary.Trials;

/// <summary>Rank 0 tells that an epoch has ended.</summary>
/// <param name="Attempt">The attempt that speaks.</param>
/// <param name="Result">What the epoch gave.</param>
/// <param name="Checkpoint">The checkpoint taken at its end, already stored.</param>
/// <param name="Last">No epoch follows.</param>
[GenerateSerializer, Immutable, Alias("granary.EpochReport")]
public sealed record EpochReport(
    [property: Id(0)] AttemptId Attempt,
    [property: Id(1)] EpochResult Result,
    [property: Id(2)] CheckpointRef Checkpoint,
    [property: Id(3)] bool Last);
