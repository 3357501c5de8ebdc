namespace Granary.Trials;

/// <summary>The verdict over the watched layers of a trial's network.</summary>
/// <param name="Health">The gravest of the layers' verdicts.</param>
/// <param name="Sentence">How many layers have it, and the first one's evidence; empty for a healthy network.</param>
[GenerateSerializer, Immutable, Alias("granary.HealthReport")]
public sealed record HealthReport([property: Id(0)] TrialHealth Health, [property: Id(1)] string Sentence);
