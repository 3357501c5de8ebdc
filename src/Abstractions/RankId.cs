namespace Granary;

/// <summary>One worker: a rank of one attempt.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Rank">From 0.</param>
[GenerateSerializer, Immutable, Alias("granary.RankId")]
public readonly record struct RankId([property: Id(0)] AttemptId Attempt, [property: Id(1)] int Rank)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Attempt} rank {Rank}";
}
