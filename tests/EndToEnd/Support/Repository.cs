namespace Granary.EndToEnd.Tests.Support;

/// <summary>The checkout that is tested and what was built from it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The command, built beside these tests.</summary>
    public static string Granary { get; } = Path.Combine(
        Root, "artifacts", "bin", "Granary.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "granary");

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Granary.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No Granary.slnx above the test's folder.");
    }
}
