namespace Granary.Catalog;

/// <summary>Somebody submits a sweep file.</summary>
/// <param name="File">Its text.</param>
/// <param name="FileName">Its name, for messages.</param>
/// <param name="Fresh">Start anew although an unfinished sweep of the same file exists.</param>
[GenerateSerializer, Immutable, Alias("granary.SweepSubmission")]
public sealed record SweepSubmission([property: Id(0)] string File, [property: Id(1)] string FileName, [property: Id(2)] bool Fresh);
