namespace Granary.Architecture.Tests;

/// <summary>The files that people write, found from the test's own place in the repository's artifacts.</summary>
internal static class Repository
{
    private static readonly string[] NotWritten = ["artifacts", "node_modules", "bin", "obj", "TestResults", ".git", ".granary", "wwwroot"];

    public static string Root { get; } = FindRoot();

    /// <summary>The C# files below a folder, such as <c>src/Grains</c>.</summary>
    public static IReadOnlyList<SourceFile> CSharp(params string[] folders)
        => [.. folders.SelectMany(folder => Files(folder, ".cs")).Select(SourceFile.Load)];

    /// <summary>Every project below a folder.</summary>
    public static IReadOnlyList<ProjectFile> Projects(params string[] folders)
        => [.. folders.SelectMany(folder => Files(folder, ".csproj")).Select(ProjectFile.Load)];

    /// <summary>Paths relative to the root, with slashes, of the files below a folder with one of the endings.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings)
    {
        var directory = new DirectoryInfo(Path.Combine(Root, folder));
        return directory.Exists
            ? Walk(directory)
                .Where(file => endings.Contains(file.Extension, StringComparer.Ordinal))
                .Select(file => Path.GetRelativePath(Root, file.FullName))
                .Order(StringComparer.Ordinal)
            : [];
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo directory)
        => directory.EnumerateFiles().Concat(
            directory.EnumerateDirectories().Where(child => !NotWritten.Contains(child.Name, StringComparer.Ordinal)).SelectMany(Walk));

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Granary.slnx")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no Granary.slnx in or above {AppContext.BaseDirectory}");
    }
}
