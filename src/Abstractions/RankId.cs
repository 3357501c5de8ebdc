namespace Granary;

/// <summary>One worker: a rank of one attempt.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Rank">From 0.</param>
/// <param name="Start">Counts the workers of this rank within its attempt, from 0: another takes a lost one's place.</param>
[GenerateSerializer, Immutable, Alias("granary.RankId")]
public readonly record struct RankId([property: Id(0)] AttemptId Attempt, [property: Id(1)] int Rank, [property: Id(2)] int Start = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Start == 0 ? $"{Attempt} rank {Rank}" : $"{Attempt} rank {Rank} start {Start}";
}
