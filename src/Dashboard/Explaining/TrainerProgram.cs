namespace Granary.Dashboard.Explaining;

/// <summary>Finds the trainer, which draws the pictures: this program has no torch.</summary>
internal static class TrainerProgram
{
    private const string Name = "granary-trainer";

    /// <summary>The program beside this one; null when it is not installed here.</summary>
    public static string? Find()
    {
        // A publish has all programs in one folder, a build keeps each in its project's.
        string here = AppContext.BaseDirectory;
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(here));
        string[] places = [Path.Combine(here, Name), Path.Combine(here, "..", "..", "Granary.Trainer", configuration, Name)];
        return places.Select(Path.GetFullPath).FirstOrDefault(IsWhole);
    }

    // A build may leave the launcher of a referenced program beside another one, without what it launches.
    private static bool IsWhole(string launcher) => File.Exists(launcher) && File.Exists(launcher + ".dll");
}
