namespace Granary.Trainer.Data.Sets;

/// <summary>
/// MNIST (LeCun, Bottou, Bengio and Haffner 1998) and Fashion-MNIST (Xiao, Rasul and Vollgraf, arXiv:1708.07747): 60,000 and 10,000 pictures
/// of 28x28, one channel, 10 classes, in four IDX files of the same names.
/// </summary>
/// <param name="Name">The set's name.</param>
/// <param name="ClassNames">What each class is called.</param>
/// <param name="Normalisation">How its bytes become numbers.</param>
/// <param name="StandardPlace">Where a package of the system puts it; null: there is none.</param>
/// <param name="Remedy">How to get it: a sentence.</param>
internal sealed record IdxSet(string Name, IReadOnlyList<string> ClassNames, Normalisation Normalisation, string? StandardPlace, string Remedy)
{
    private static readonly string[] TrainFiles = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"];
    private static readonly string[] ValidFiles = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>Pixels in [0, 1], as the d2l text, whose results are the seeds' targets, feeds them.</summary>
    public static IdxSet FashionMnist { get; } = new(
        "fashion-mnist",
        Sets.ClassNames.FashionMnist,
        Normalisation.UnitRange,
        "/usr/share/datasets/fashion-mnist",
        "Install Debian's package dataset-fashion-mnist, or fetch the files from https://github.com/zalandoresearch/fashion-mnist.");

    /// <summary>Mean and standard deviation of the training pixels, as in PyTorch's MNIST example.</summary>
    public static IdxSet Mnist { get; } = new(
        "mnist",
        Sets.ClassNames.Digits,
        new Normalisation([0.1307f], [0.3081f]),
        null,
        "Fetch the files from a mirror of http://yann.lecun.com/exdb/mnist.");

    /// <summary>Reads both parts from the first place that has all four files, each gzip-compressed or not.</summary>
    /// <param name="folder">The run's own folder; null: the standard places.</param>
    /// <exception cref="InvalidDataException">A file is damaged: the message says which, and where.</exception>
    /// <exception cref="FileNotFoundException">No place has all four files: the message lists where was looked.</exception>
    public StoredSet Load(string? folder)
    {
        string found = FindFolder(folder);
        ImageSet train = LoadPart(found, $"{Name} training set", TrainFiles);
        ImageSet valid = LoadPart(found, $"{Name} validation set", ValidFiles);
        if (train.Size != valid.Size)
        {
            throw new InvalidDataException(
                $"{found}: training pictures of {train.Size}x{train.Size}, validation pictures of {valid.Size}x{valid.Size}; expected one size.");
        }

        return new StoredSet(new FixedPictures(train), new FixedPictures(valid), ClassNames, Normalisation);
    }

    private ImageSet LoadPart(string folder, string name, string[] files)
    {
        string imagesPath = FindFile(folder, files[0])!;
        string labelsPath = FindFile(folder, files[1])!;
        (int[] sizes, byte[] pixels) = IdxReader.Read(imagesPath, dimensions: 3);
        (int[] counts, byte[] labels) = IdxReader.Read(labelsPath, dimensions: 1);
        if (sizes[1] != sizes[2])
            throw new InvalidDataException($"{imagesPath}: pictures of {sizes[1]}x{sizes[2]}, expected square ones.");
        if (sizes[0] != counts[0])
            throw new InvalidDataException($"{labelsPath}: {counts[0]} labels, expected {sizes[0]}, one for each picture of {imagesPath}.");
        int wrong = Array.FindIndex(labels, label => label >= ClassNames.Count);
        if (wrong >= 0)
            throw new InvalidDataException($"{labelsPath}: record {wrong} has label {labels[wrong]}, expected 0 to {ClassNames.Count - 1}.");
        return new ImageSet(name, channels: 1, sizes[1], pixels, Array.ConvertAll(labels, label => (int)label));
    }

    private string FindFolder(string? folder)
    {
        IReadOnlyList<string> places = StandardPlace is null ? SetFolders.Of(Name, folder) : SetFolders.Of(Name, folder, StandardPlace);
        string[] names = [.. TrainFiles, .. ValidFiles];
        return places.FirstOrDefault(place => names.All(name => FindFile(place, name) is not null))
            ?? throw SetFolders.NotFound(Name, places, $"all of {string.Join(", ", names)}, with or without .gz", Remedy);
    }

    // Some mirrors write train-images.idx3-ubyte.
    private static string? FindFile(string folder, string name)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] names = [name, name + ".gz", dotted, dotted + ".gz"];
        return names.Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists);
    }
}
