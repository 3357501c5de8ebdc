namespace Granary.Specs;

/// <summary>Settings for the trials whose parameters match.</summary>
/// <param name="When">Parameter name to the values that match; all of them must.</param>
/// <param name="Settings">Path of a setting (<c>data.limit</c>, <c>train.epochs</c>, <c>resources.devices</c>) to its value in the file's notation.</param>
public sealed record OverrideSpec(
    IReadOnlyDictionary<string, IReadOnlyList<string>> When,
    IReadOnlyDictionary<string, string> Settings);
