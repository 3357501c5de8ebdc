namespace Granary.Specs;

/// <summary>The data sets that a sweep file may name.</summary>
public static class DataSets
{
    /// <summary>Every set, by name.</summary>
    public static IReadOnlyList<DataSetEntry> All { get; } =
    [
        new("fashion-mnist", Channels: 1, Size: 28, Classes: 10, TrainExamples: 60_000, ValidExamples: 10_000),
    ];

    /// <summary>The set of that name, or null.</summary>
    /// <param name="name">A name; case matters.</param>
    public static DataSetEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
