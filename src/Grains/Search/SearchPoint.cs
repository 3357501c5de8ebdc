namespace Granary.Grains.Search;

/// <summary>A point of the search space.</summary>
/// <param name="Number">The number of its trial, from 1.</param>
/// <param name="Parameters">Parameter name to value in the sweep file's notation.</param>
public sealed record SearchPoint(int Number, IReadOnlyDictionary<string, string> Parameters);
