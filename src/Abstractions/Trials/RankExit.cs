namespace Granary.Trials;

/// <summary>How a worker ended.</summary>
/// <param name="Rank">The worker.</param>
/// <param name="ExitCode">0 done; 75 checkpointed and left on request; anything else failed.</param>
/// <param name="Error">The last lines of its standard error; empty when it left in order.</param>
/// <param name="NodeLost">true: nobody saw it end; its node is gone.</param>
[GenerateSerializer, Immutable, Alias("granary.RankExit")]
public sealed record RankExit(
    [property: Id(0)] RankId Rank,
    [property: Id(1)] int ExitCode,
    [property: Id(2)] string Error,
    [property: Id(3)] bool NodeLost);
