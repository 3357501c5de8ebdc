using System.Xml.Linq;

namespace Granary.Architecture.Tests;

/// <summary>The solution has every project, and every project its lock file.</summary>
public sealed class SolutionTests
{
    [Fact]
    public void Solution_ListsEveryProject()
    {
        var solution = XDocument.Parse(Repository.Read("Granary.slnx"));
        var listed = solution.Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        var present = Repository.Projects("src", "tests", "benchmarks").Select(project => project.Path);

        Assert.Equal(present.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Projects_Everywhere_HaveTheirLockFile()
        => Repository.Projects("src", "tests", "benchmarks")
            .Select(project => $"{project.Folder}/packages.lock.json")
            .Where(path => !Repository.Exists(path))
            .AssertNone("A lock file is missing: build the project once and commit what it wrote.");

    [Fact]
    public void Projects_InTests_HaveTests()
        => Repository.Projects("tests")
            .Where(project => Repository.CSharp(project.Folder).Count == 0)
            .Select(project => project.Path)
            .AssertNone("A test project has no test.");
}
