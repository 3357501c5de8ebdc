using System.Globalization;

namespace Granary.Specs;

/// <summary>The notation of <see cref="ModelSpec.Width"/>.</summary>
public static class ModelWidth
{
    /// <summary>What a width must be, in words.</summary>
    public const string Expected = "a number above 0 and at most 16, or a fraction such as 1/4";

    /// <summary>Reads a width: <c>0.25</c> or <c>1/4</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The width; null when the text is none.</returns>
    public static double? Parse(string text)
    {
        string[] parts = text.Split('/');
        double divisor = 1;
        return parts.Length is 1 or 2 && TryNumber(parts[0], out double width) && (parts.Length == 1 || TryNumber(parts[1], out divisor))
            && width / divisor is > 0 and <= 16
            ? width / divisor
            : null;
    }

    private static bool TryNumber(string text, out double x) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out x);
}
