namespace Granary;

/// <summary>One start of a trial's gang. Whatever concerns a worker carries it, so that a zombie of an older attempt is refused.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Attempt">Counts from 1.</param>
[GenerateSerializer, Immutable, Alias("granary.AttemptId")]
public readonly record struct AttemptId([property: Id(0)] TrialId Trial, [property: Id(1)] int Attempt)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Trial} attempt {Attempt}";
}
