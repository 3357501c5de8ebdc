namespace Granary.Architecture.Tests;

/// <summary>Feature folders: those that stand alone do, and the others never import each other in a circle.</summary>
public sealed class FeatureFolderTests
{
    // Folders that know no sibling: the ones that are swapped, tested and read on their own.
    private static readonly string[] StandAlone =
    [
        "src/Grains/Search",
        "src/Grains/Scheduling",
        "src/Trainer/Models",
        "src/Trainer/Data",
        "src/Trainer/Collectives",
        "src/Trainer/Pictures",
    ];

    [Theory]
    [InlineData("src/Grains", "Granary.Grains")]
    [InlineData("src/Trainer", "Granary.Trainer")]
    [InlineData("src/Silo", "Granary.Silo")]
    [InlineData("src/Dashboard", "Granary.Dashboard")]
    [InlineData("src/Cli", "Granary.Cli")]
    public void Folders_OfAProject_ImportEachOtherWithoutCircles(string project, string root)
    {
        var imports = ImportsOf(project, root);

        Assert.True(FindCircle(imports) is not { } circle, $"{project}: {string.Join(" -> ", FindCircle(imports) ?? [])}");
    }

    [Fact]
    public void Folders_ThatStandAlone_ImportNoSibling()
    {
        var violations =
            from folder in StandAlone
            let parts = folder.Split('/')
            from import in ImportsOf($"{parts[0]}/{parts[1]}", $"Granary.{parts[1]}").GetValueOrDefault(parts[2], [])
            select $"{folder} imports {import}";

        violations.AssertNone("A folder that must stand alone imports a sibling.");
    }

    [Theory]
    [InlineData("src/Grains/Search")]
    [InlineData("src/Grains/Scheduling")]
    public void Decisions_OfSearchAndScheduling_ArePureFunctions(string folder)
    {
        string[] impure =
            ["Task", "ValueTask", "TimeProvider", "DateTime", "DateTimeOffset", "Stopwatch", "File", "HttpClient", "Guid", "Random", "ILogger"];
        var violations =
            from file in Repository.CSharp(folder)
            from name in file.All<Microsoft.CodeAnalysis.CSharp.Syntax.SimpleNameSyntax>()
            where impure.Contains(name.Identifier.ValueText, StringComparer.Ordinal) && IsTypeName(name)
            select $"{file.At(name)} uses {name.Identifier.ValueText}";

        violations.AssertNone("Search and scheduling have no clock, no I/O and no randomness of their own: same history, same decision.");
    }

    [Fact]
    public void FindCircle_WithACircle_NamesItsFolders()
    {
        var imports = new Dictionary<string, IReadOnlyList<string>> { ["A"] = ["B", "C"], ["B"] = ["C"], ["C"] = ["A"] };

        Assert.Equal(["A", "B", "C", "A"], FindCircle(imports));
        Assert.Null(FindCircle(new Dictionary<string, IReadOnlyList<string>> { ["A"] = ["B", "C"], ["B"] = ["C"] }));
    }

    // A member that happens to be called File or Guid is not the type: types stand alone or to the left of a dot.
    private static bool IsTypeName(Microsoft.CodeAnalysis.CSharp.Syntax.SimpleNameSyntax name)
        => name.Parent is not (Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax { Name: var member }) || member != name;

    private static Dictionary<string, IReadOnlyList<string>> ImportsOf(string project, string root)
    {
        var files = Repository.CSharp(project).Where(file => FolderOf(file) is not null).ToList();
        var folders = files.Select(file => FolderOf(file)!).ToHashSet(StringComparer.Ordinal);
        return files
            .GroupBy(file => FolderOf(file)!, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                IReadOnlyList<string> (group) =>
                    [.. group.SelectMany(file => Imported(file, root, folders)).Where(name => name != group.Key).Distinct().Order()]);
    }

    // src/Trainer/Learning/Learner.cs is in Learning; files beside the project compose the folders and are in none.
    private static string? FolderOf(SourceFile file) => file.Path.Split('/') is { Length: > 3 } parts ? parts[2] : null;

    private static IEnumerable<string> Imported(SourceFile file, string root, HashSet<string> folders)
        => from name in file.Usings.Concat(file.QualifiedNames)
           let relative = name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..] : name
           let first = relative.Split('.')[0]
           where folders.Contains(first) && (relative != name || name.Contains('.', StringComparison.Ordinal))
           select first;

    /// <summary>Folders in the order in which they import each other, the first one repeated at the end; null without a circle.</summary>
    private static IReadOnlyList<string>? FindCircle(IReadOnlyDictionary<string, IReadOnlyList<string>> imports)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        return imports.Keys.Order().Select(folder => Follow(folder, [])).FirstOrDefault(circle => circle is not null);

        IReadOnlyList<string>? Follow(string folder, List<string> path)
        {
            int start = path.IndexOf(folder);
            if (start >= 0)
            {
                return [.. path[start..], folder];
            }

            if (done.Contains(folder))
            {
                return null;
            }

            var circle = imports.GetValueOrDefault(folder, [])
                .Select(next => Follow(next, [.. path, folder]))
                .FirstOrDefault(found => found is not null);
            done.Add(folder);
            return circle;
        }
    }
}
