using System.Globalization;

namespace Granary.Trainer.Tools.Bench;

/// <summary>Sizes as a user writes them: <c>1K,25M</c> or <c>1K..64M</c>; K, M and G are 1024, its square and its cube.</summary>
internal static class ByteSizes
{
    private const long Smallest = sizeof(float);
    private const long Largest = 1L << 30;
    private const int Step = 4;

    /// <summary>The sizes, each a multiple of 4; null when the text is something else.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<int>? Parse(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length == 2)
            return One(ends[0]) is int from && One(ends[1]) is int to && from <= to ? [.. Range(from, to)] : null;
        int?[] sizes = [.. text.Split(',').Select(One)];
        return sizes.Contains(null) ? null : [.. sizes.Select(size => size!.Value)];
    }

    // The upper end is always measured, also when the steps would pass it by.
    private static IEnumerable<int> Range(long from, long to)
    {
        for (long size = from; size < to; size *= Step)
            yield return (int)size;
        yield return (int)to;
    }

    private static int? One(string text)
    {
        long unit = text.Length == 0 ? 1 : char.ToUpperInvariant(text[^1]) switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, _ => 1 };
        string digits = unit == 1 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count <= Largest / unit
            && count * unit is >= Smallest and long size && size % sizeof(float) == 0
            ? (int)size
            : null;
    }
}
