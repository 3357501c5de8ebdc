namespace Granary.Specs.Settings;

/// <summary>One scalar setting of a run: the same rule reads it from the file, from an override and from a trial's parameters.</summary>
/// <param name="Path">Section and key, such as <c>train.epochs</c>.</param>
/// <param name="Expected">What a value must be, in words.</param>
/// <param name="Apply">The draft with the value set; null when the text is not such a value.</param>
/// <param name="Names">The values there are, when it is one of a list; else empty.</param>
internal sealed record Setting(string Path, string Expected, Func<RunDraft, string, RunDraft?> Apply, IReadOnlyList<string> Names)
{
    /// <summary>The section, or empty for a setting at the top level.</summary>
    public string Section => Path.Contains('.', StringComparison.Ordinal) ? Path[..Path.IndexOf('.', StringComparison.Ordinal)] : "";

    /// <summary>The key within the section: also its name in a search space.</summary>
    public string Key => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>Says what is wrong with <paramref name="text"/>.</summary>
    public string Refuse(string text) => $"{Path} is '{text}'" + (Names.Count > 0 ? NearestName.Hint(text, Names) : $"; expected {Expected}");
}
