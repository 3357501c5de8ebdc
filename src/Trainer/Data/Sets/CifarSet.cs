using System.Formats.Tar;

namespace Granary.Trainer.Data.Sets;

/// <summary>Reads CIFAR-10 and CIFAR-100: from their files, or straight from the published archive.</summary>
internal static class CifarSet
{
    /// <summary>Reads both parts from the first place that has all files, or the archive.</summary>
    /// <param name="layout">Which set.</param>
    /// <param name="path">The run's own folder or archive; null: the standard places.</param>
    /// <exception cref="InvalidDataException">A file is damaged: the message says which, which record, and what was expected.</exception>
    /// <exception cref="FileNotFoundException">No place has the set: the message lists where was looked.</exception>
    public static StoredSet Load(CifarLayout layout, string? path)
    {
        IReadOnlyList<string> places = SetFolders.Of(layout.Name, path);
        Dictionary<string, CifarFile> files = places.Select(place => ReadPlace(layout, place)).FirstOrDefault(found => found is not null)
            ?? throw SetFolders.NotFound(
                layout.Name,
                places,
                $"{layout.Archive}, or the files {string.Join(", ", layout.Files)} (also in a folder {layout.Folder})",
                $"Fetch https://www.cs.toronto.edu/~kriz/{layout.Archive} (the binary version); it need not be unpacked.");
        return new StoredSet(
            Join($"{layout.Name} training set", layout.TrainFiles.Select(name => files[name])),
            Join($"{layout.Name} validation set", [files[layout.ValidFile]]),
            layout.ClassNames,
            layout.Normalisation);
    }

    private static Dictionary<string, CifarFile>? ReadPlace(CifarLayout layout, string place)
    {
        string? folder = new[] { place, Path.Combine(place, layout.Folder) }
            .FirstOrDefault(candidate => layout.Files.All(name => File.Exists(Path.Combine(candidate, name))));
        if (folder is not null)
            return layout.Files.ToDictionary(name => name, name => ReadFile(layout, Path.Combine(folder, name)));
        string? archive = new[] { place, Path.Combine(place, layout.Archive) }.FirstOrDefault(File.Exists);
        return archive is null ? null : ReadArchive(layout, archive);
    }

    private static CifarFile ReadFile(CifarLayout layout, string path)
    {
        using FileStream content = File.OpenRead(path);
        return CifarFile.Read(content, layout, Path.GetFileName(path), path);
    }

    private static Dictionary<string, CifarFile> ReadArchive(CifarLayout layout, string path)
    {
        var files = new Dictionary<string, CifarFile>();
        try
        {
            using FileStream file = File.OpenRead(path);
            using Stream content = Gzip.Open(file);
            using var archive = new TarReader(content);
            while (archive.GetNextEntry() is { } entry)
            {
                string name = Path.GetFileName(entry.Name);
                if (entry.DataStream is { } data && layout.Files.Contains(name))
                    files[name] = CifarFile.Read(data, layout, name, $"{path}: {entry.Name}");
            }

            // Gzip's checksum is at its end.
            content.CopyTo(Stream.Null);
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or FormatException
            || (damaged is InvalidDataException && !damaged.Message.StartsWith(path, StringComparison.Ordinal)))
        {
            throw new InvalidDataException(
                $"{path}: expected {layout.Archive} as published, a tar archive; it is damaged or cut off ({damaged.Message.TrimEnd('.')}). "
                + "Fetch the file again.",
                damaged);
        }

        string[] missing = [.. layout.Files.Where(name => !files.ContainsKey(name))];
        return missing.Length == 0
            ? files
            : throw new InvalidDataException($"{path}: {string.Join(", ", missing)} not in the archive; expected {layout.Archive} as published.");
    }

    private static FixedPictures Join(string name, IEnumerable<CifarFile> files)
    {
        CifarFile[] parts = [.. files];
        byte[] pixels = parts.Length == 1 ? parts[0].Pixels : [.. parts.SelectMany(part => part.Pixels)];
        return new FixedPictures(new ImageSet(name, channels: 3, CifarLayout.Size, pixels, [.. parts.SelectMany(part => part.Labels)]));
    }
}
