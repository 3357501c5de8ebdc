namespace Granary.Trainer.Data.Sets;

/// <summary>Where a set's files are looked for.</summary>
internal static class SetFolders
{
    /// <summary>Names the folder whose sub-folders hold the sets, one each, by the set's name.</summary>
    public const string EnvironmentVariable = "GRANARY_DATA";

    /// <summary>The places, in order: the run's own alone when it names one, else the given ones and <c>$GRANARY_DATA/SET</c>.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="own">The run's own place, from <c>data.path</c>; null: none.</param>
    /// <param name="standard">The set's standard places.</param>
    public static IReadOnlyList<string> Of(string set, string? own, params ReadOnlySpan<string> standard)
    {
        if (own is not null)
            return [Path.GetFullPath(own)];
        List<string> places = [.. standard];
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } root)
            places.Add(Path.Combine(Path.GetFullPath(root), set));
        return places;
    }

    /// <summary>What to say when no place has the set.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="places">Where was looked.</param>
    /// <param name="needed">What a place must have, in words.</param>
    /// <param name="remedy">How to get the set: a sentence.</param>
    public static FileNotFoundException NotFound(string set, IReadOnlyList<string> places, string needed, string remedy)
    {
        string looked = places.Count == 0 ? $"nowhere, because ${EnvironmentVariable} and data.path are not set" : string.Join(", ", places);
        return new FileNotFoundException(
            $"The data set {set} was not found. Looked in: {looked}. Expected there: {needed}. {remedy} Then name its folder in data.path, or put "
            + $"it at ${EnvironmentVariable}/{set} (docs/data.md says more).");
    }
}
