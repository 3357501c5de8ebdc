namespace Granary.Specs;

/// <summary>The data sets that a sweep file may name.</summary>
public static class DataSets
{
    /// <summary>The set that is a folder of pictures: <c>data.path</c> names it.</summary>
    public const string Folder = "folder";

    /// <summary>The set that is drawn, for machines without data.</summary>
    public const string Synthetic = "synthetic";

    /// <summary>Every set, by name.</summary>
    public static IReadOnlyList<DataSetEntry> All { get; } =
    [
        new("fashion-mnist", Channels: 1, Size: 28, Classes: 10, TrainExamples: 60_000, ValidExamples: 10_000),
        new("mnist", Channels: 1, Size: 28, Classes: 10, TrainExamples: 60_000, ValidExamples: 10_000),
        new("cifar-10", Channels: 3, Size: 32, Classes: 10, TrainExamples: 50_000, ValidExamples: 10_000),
        new("cifar-100", Channels: 3, Size: 32, Classes: 100, TrainExamples: 50_000, ValidExamples: 10_000),
        new(Folder, Channels: 3, Size: null, Classes: null, TrainExamples: null, ValidExamples: null),
        new(Synthetic, Channels: 3, Size: 32, Classes: 10, TrainExamples: 10_000, ValidExamples: 2_000),
    ];

    /// <summary>The set of that name, or null.</summary>
    /// <param name="name">A name; case matters.</param>
    public static DataSetEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
