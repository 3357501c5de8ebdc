namespace Granary.Specs;

/// <summary>A finite list of values, in the sweep file's notation.</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Values">At least one; no two alike.</param>
public sealed record ChoiceParameter(string Name, IReadOnlyList<string> Values) : ParameterSpec(Name);
