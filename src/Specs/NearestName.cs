namespace Granary.Specs;

/// <summary>Finds the name that somebody may have meant.</summary>
public static class NearestName
{
    /// <summary>The candidate with the least edit distance, when it is near enough to be a slip of the pen; else null.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What would have been right.</param>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int least = Math.Max(2, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate);
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>The end of a message about a wrong name: the name that may have been meant, and all there are.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What would have been right.</param>
    public static string Hint(string name, IReadOnlyCollection<string> candidates)
    {
        string all = string.Join(", ", candidates);
        return Find(name, candidates) is { } nearest ? $"; did you mean '{nearest}'? There are: {all}" : $"; expected one of {all}";
    }

    // Levenshtein's edit distance over two rows.
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        int[] current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
