using System.Globalization;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Numbers as the formats want them.</summary>
internal static class NumberText
{
    /// <summary>A sample's value: the shortest text that reads back as the same number, or NaN, +Inf, -Inf.</summary>
    public static string Value(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// OpenMetrics' canonical number, used in labels so that the same bound always makes the same series: Go's %g with .0 added
    /// to whole numbers. See https://prometheus.io/docs/specs/om/open_metrics_spec/#considerations-canonical-numbers.
    /// </summary>
    public static string Canonical(double value)
    {
        if (!double.IsFinite(value))
        {
            return Value(value);
        }

        if (value == 0)
        {
            return "0.0";
        }

        string shortest = Value(value);
        if (Math.Abs(value) is >= 1e-4 and < 1e6)
        {
            return shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
        }

        return Scientific(value, SignificantDigits(shortest));
    }

    private static int SignificantDigits(string shortest)
    {
        string mantissa = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-', '0').TrimEnd('0');
        return Math.Max(mantissa.Length, 1);
    }

    // .NET writes three digits of exponent, Go at least two.
    private static string Scientific(double value, int digits)
    {
        string[] parts = value.ToString($"e{digits - 1}", CultureInfo.InvariantCulture).Split('e');
        int exponent = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{parts[0]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }
}
