using System.Globalization;

namespace Granary.Trainer.Agent;

/// <summary>Sets of CPU cores in the kernel's list format, such as <c>0-3,8</c>.</summary>
internal static class CoreList
{
    private const int MaxCore = 8191;

    /// <summary>Reads a list.</summary>
    /// <param name="text">The list; surrounding white space is ignored.</param>
    /// <returns>The cores, ascending.</returns>
    /// <exception cref="FormatException">It is no list of cores from 0 to 8,191.</exception>
    public static IReadOnlyList<int> Parse(string text)
    {
        var cores = new SortedSet<int>();
        foreach (var part in text.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            var first = Number(ends[0], text);
            var last = ends.Length == 1 ? first : Number(ends[1], text);
            if (ends.Length > 2 || last < first) throw Wrong(text);
            for (var core = first; core <= last; core++) cores.Add(core);
        }

        return [.. cores];
    }

    /// <summary>Writes a list.</summary>
    /// <param name="cores">The cores, in any order.</param>
    public static string Format(IEnumerable<int> cores)
    {
        var parts = new List<(int First, int Last)>();
        foreach (var core in cores.Order())
        {
            if (parts.Count > 0 && parts[^1].Last + 1 == core) parts[^1] = (parts[^1].First, core);
            else parts.Add((core, core));
        }

        return string.Join(',', parts.Select(part => part.First == part.Last ? $"{part.First}" : $"{part.First}-{part.Last}"));
    }

    private static int Number(string text, string whole) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var core) && core <= MaxCore ? core : throw Wrong(whole);

    private static FormatException Wrong(string text) => new($"'{text}' is no list of cores; expected something like 0-3,8.");
}
