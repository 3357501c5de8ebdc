namespace Granary.Architecture.Tests;

internal static class Violations
{
    /// <summary>Fails with all of them, not only the first.</summary>
    public static void AssertNone(this IEnumerable<string> violations, string rule)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, $"{rule}\n  {string.Join("\n  ", found)}");
    }
}
