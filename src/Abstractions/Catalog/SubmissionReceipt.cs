namespace Granary.Catalog;

/// <summary>What became of a submission.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Continued">An unfinished sweep of the same file goes on.</param>
[GenerateSerializer, Immutable, Alias("granary.SubmissionReceipt")]
public sealed record SubmissionReceipt([property: Id(0)] SweepId Sweep, [property: Id(1)] bool Continued);
