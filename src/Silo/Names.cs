namespace Granary.Silo;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Names
{
    /// <summary>"; did you mean X?" for the nearest candidate, or nothing when none is near.</summary>
    public static string Hint(string text, IEnumerable<string> candidates) =>
        Nearest(text, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>
    /// The candidate with the least edit distance, where at most a third of the text (and two letters at least) would change.
    /// </summary>
    public static string? Nearest(string text, IEnumerable<string> candidates)
    {
        int limit = Math.Max(2, text.Length / 3);
        return candidates
            .Select(candidate => (candidate, distance: Distance(text, candidate)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    // Levenshtein's distance, one row of the table at a time.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int substitute = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
