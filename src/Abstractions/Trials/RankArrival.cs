namespace Granary.Trials;

/// <summary>A worker listens for the others of its gang.</summary>
/// <param name="Rank">The worker.</param>
/// <param name="Endpoint">host:port of its Collective service.</param>
/// <param name="Ring">The ring that it listens for, from 0: the ranks form another after one of them was lost.</param>
/// <param name="Lost">What broke the ring before, in words; may be empty.</param>
[GenerateSerializer, Immutable, Alias("granary.RankArrival")]
public sealed record RankArrival(
    [property: Id(0)] RankId Rank,
    [property: Id(1)] string Endpoint,
    [property: Id(2)] int Ring = 0,
    [property: Id(3)] string Lost = "");
