namespace Granary.Trainer.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul and Vollgraf, arXiv:1708.07747): 70,000 pictures of clothes, 28x28, one channel, 10 classes.
/// </summary>
internal static class FashionMnist
{
    private const int Classes = 10;
    private const string EnvironmentVariable = "GRANARY_DATA";

    // Where Debian's package dataset-fashion-mnist puts the files.
    private const string PackageFolder = "/usr/share/datasets/fashion-mnist";

    private static readonly string[] TrainFiles = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"];
    private static readonly string[] ValidFiles = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>
    /// Reads both sets from the first folder that has them: the given one, Debian's, or <c>$GRANARY_DATA/fashion-mnist</c>.
    /// </summary>
    /// <param name="folder">The run's own folder, searched alone when given; null: the standard places.</param>
    /// <exception cref="InvalidDataException">A file is damaged: the message says which, and where.</exception>
    /// <exception cref="FileNotFoundException">No folder has all four files: the message lists where was looked.</exception>
    public static (ImageSet Train, ImageSet Valid) Load(string? folder)
    {
        string found = FindFolder(folder);
        return (LoadPart(found, "fashion-mnist training set", TrainFiles), LoadPart(found, "fashion-mnist validation set", ValidFiles));
    }

    private static ImageSet LoadPart(string folder, string name, string[] files)
    {
        string imagesPath = FindFile(folder, files[0])!;
        string labelsPath = FindFile(folder, files[1])!;
        (int[] sizes, byte[] pixels) = IdxReader.Read(imagesPath, dimensions: 3);
        (int[] counts, byte[] labels) = IdxReader.Read(labelsPath, dimensions: 1);
        if (sizes[1] != sizes[2])
            throw new InvalidDataException($"{imagesPath}: pictures of {sizes[1]}x{sizes[2]}, expected square ones.");
        if (sizes[0] != counts[0])
            throw new InvalidDataException($"{labelsPath}: {counts[0]} labels, expected {sizes[0]}, one for each picture of {imagesPath}.");
        int wrong = Array.FindIndex(labels, label => label >= Classes);
        if (wrong >= 0)
            throw new InvalidDataException($"{labelsPath}: record {wrong} has label {labels[wrong]}, expected 0 to {Classes - 1}.");
        return new ImageSet(name, channels: 1, sizes[1], pixels, Array.ConvertAll(labels, label => (int)label));
    }

    private static string FindFolder(string? folder)
    {
        IReadOnlyList<string> places = folder is not null ? [folder] : StandardPlaces();
        string[] names = [.. TrainFiles, .. ValidFiles];
        return places.FirstOrDefault(place => names.All(name => FindFile(place, name) is not null))
            ?? throw new FileNotFoundException(
                $"Fashion-MNIST was not found: no folder of [{string.Join(", ", places)}] has all of {string.Join(", ", names)} (with or "
                + $"without .gz). Install Debian's dataset-fashion-mnist, or put the files in a folder and name it in data.path or as "
                + $"${EnvironmentVariable}/fashion-mnist.");
    }

    private static List<string> StandardPlaces()
    {
        List<string> places = [PackageFolder];
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } root)
            places.Add(Path.Combine(root, "fashion-mnist"));
        return places;
    }

    private static string? FindFile(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? path : File.Exists(path + ".gz") ? path + ".gz" : null;
    }
}
