namespace Granary.Trials;

/// <summary>What a trial is made from.</summary>
/// <param name="Id">The trial's id.</param>
/// <param name="Parameters">The point of the search space: name to value in the sweep file's notation.</param>
/// <param name="Run">The run as the worker receives it, JSON of <c>Granary.Specs.RunSpec</c>.</param>
/// <param name="Created">When the search chose it.</param>
[GenerateSerializer, Immutable, Alias("granary.TrialDefinition")]
public sealed record TrialDefinition(
    [property: Id(0)] TrialId Id,
    [property: Id(1)] IReadOnlyDictionary<string, string> Parameters,
    [property: Id(2)] string Run,
    [property: Id(3)] DateTimeOffset Created);
