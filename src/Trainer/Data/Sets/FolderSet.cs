namespace Granary.Trainer.Data.Sets;

/// <summary>
/// A folder of pictures, <c>train/CLASS/*.jpg</c> and one of <c>val</c>, <c>valid</c> and <c>test</c> beside it, such as Imagenette. The
/// folders below train, in ordinal order, are the classes. Files are found by ending (jpg, jpeg, png, in any case),
/// also in folders below a class's, and are sorted too, so the order is the same on every machine.
/// </summary>
internal static class FolderSet
{
    private const int MaxDepth = 4;
    private const int MostNamed = 8;

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];
    private static readonly string[] ValidFolders = ["val", "valid", "test"];

    // ImageNet's training pixels (torchvision's models): what photographs look like.
    private static readonly Normalisation ImageNet = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Lists both parts; nothing is decoded yet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="needsValid">Whether the validation part must be there.</param>
    /// <exception cref="InvalidDataException">The folder is not laid out like that: the message says what was expected.</exception>
    /// <exception cref="FileNotFoundException">There is no such folder, or it has no train folder.</exception>
    public static StoredSet Load(string path, bool needsValid)
    {
        string root = System.IO.Path.GetFullPath(path);
        string train = System.IO.Path.Combine(root, "train");
        if (!Directory.Exists(train))
        {
            throw new FileNotFoundException(
                $"{train} was not found: data.set: folder expects pictures in train/CLASS/ and val/CLASS/ below data.path. {Describe(root)}");
        }

        string[] classes = [.. Folders(train)];
        if (classes.Length == 0)
            throw new InvalidDataException($"{train}: no folder in it; expected one for each class.");
        string? valid = ValidFolders.Select(name => System.IO.Path.Combine(root, name)).FirstOrDefault(Directory.Exists);
        if (needsValid && valid is null)
        {
            throw new InvalidDataException(
                $"{root}: none of the folders {string.Join(", ", ValidFolders)}; set data.valid-split to take validation pictures from the training "
                + $"ones, or add one of them. {Describe(root)}");
        }

        return new StoredSet(List(train, classes, all: true), needsValid ? List(valid!, classes, all: false) : null, classes, ImageNet);
    }

    private static FolderPictures List(string part, string[] classes, bool all)
    {
        string? unknown = Folders(part).FirstOrDefault(name => Array.BinarySearch(classes, name, StringComparer.Ordinal) < 0);
        if (unknown is not null)
            throw new InvalidDataException($"{part}: the class {unknown} has no folder in train; there are {Some(classes)}.");
        var paths = new List<string>();
        var labels = new List<int>();
        for (int label = 0; label < classes.Length; label++)
        {
            string folder = System.IO.Path.Combine(part, classes[label]);
            string[] files = Directory.Exists(folder) ? Files(folder) : [];
            if (all && files.Length == 0)
                throw new InvalidDataException($"{folder}: no pictures; expected files that end in {string.Join(", ", Endings)}.");
            paths.AddRange(files);
            labels.AddRange(Enumerable.Repeat(label, files.Length));
        }

        return paths.Count > 0
            ? new FolderPictures([.. paths], [.. labels])
            : throw new InvalidDataException($"{part}: no pictures; expected CLASS/*.jpg for the classes of train: {Some(classes)}.");
    }

    private static IEnumerable<string> Folders(string path) =>
        Directory.EnumerateDirectories(path)
            .Select(folder => System.IO.Path.GetFileName(folder))
            .Where(name => !name.StartsWith('.'))
            .Order(StringComparer.Ordinal);

    private static string[] Files(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MaxDepth };
        return
        [
            .. Directory.EnumerateFiles(folder, "*", options)
                .Where(file => Endings.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Describe(string root) =>
        Directory.Exists(root) ? $"{root} has the folders: {Some([.. Folders(root)])}." : $"{root} does not exist.";

    private static string Some(string[] names) =>
        names.Length == 0 ? "none"
        : names.Length <= MostNamed ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MostNamed))} and {names.Length - MostNamed} more";
}
