namespace Granary.Sweeps;

/// <summary>What a sweep is made from: the file is the definition, so that every restart reads the same thing.</summary>
/// <param name="Id">The sweep's id.</param>
/// <param name="File">The sweep file's text, validated.</param>
/// <param name="Created">When it was submitted.</param>
[GenerateSerializer, Immutable, Alias("granary.SweepDefinition")]
public sealed record SweepDefinition(
    [property: Id(0)] SweepId Id,
    [property: Id(1)] string File,
    [property: Id(2)] DateTimeOffset Created);
