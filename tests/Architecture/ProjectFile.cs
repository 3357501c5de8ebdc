using System.Xml.Linq;

namespace Granary.Architecture.Tests;

/// <summary>One project file.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Xml">Its content.</param>
internal sealed record ProjectFile(string Path, XDocument Xml)
{
    /// <summary><c>Granary.Grains</c> for <c>src/Grains/Granary.Grains.csproj</c>.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folder that it is in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The names of the projects that it references itself.</summary>
    public IEnumerable<string> References => Includes("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path));

    /// <summary>The packages that it references itself.</summary>
    public IEnumerable<string> Packages => Includes("PackageReference");

    public static ProjectFile Load(string path) => new(path, XDocument.Parse(Repository.Read(path)));

    private IEnumerable<string> Includes(string item) => Xml.Descendants(item).Attributes("Include").Select(include => include.Value);
}
