namespace Granary.Cli.Local;

/// <summary>Finds Granary's other programs.</summary>
internal static class Programs
{
    // A build keeps each program in its project's folder, a publish has all of them in one.
    private static readonly Dictionary<string, string> Projects = new()
    {
        ["granary-silo"] = "Granary.Silo",
        ["granary-trainer"] = "Granary.Trainer",
        ["granary-dashboard"] = "Granary.Dashboard",
    };

    /// <summary>The program's executable.</summary>
    /// <param name="name">granary-silo, granary-trainer or granary-dashboard.</param>
    /// <exception cref="CliException">It is not there.</exception>
    public static string Find(string name)
    {
        string here = AppContext.BaseDirectory;
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(here));
        string[] places = [Path.Combine(here, name), Path.Combine(here, "..", "..", Projects[name], configuration, name)];
        return places.Select(Path.GetFullPath).FirstOrDefault(File.Exists)
            ?? throw new CliException($"The program {name} is not there; looked at {string.Join(" and ", places.Select(Path.GetFullPath))}. Build or install Granary again.");
    }
}
