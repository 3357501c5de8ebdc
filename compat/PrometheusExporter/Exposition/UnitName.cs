using System.Text.RegularExpressions;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>
/// UCUM units as the words that Prometheus' names end in. The tables are those of
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1.
/// </summary>
internal static partial class UnitName
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["B"] = "bytes",
        ["KB"] = "kilobytes",
        ["MB"] = "megabytes",
        ["GB"] = "gigabytes",
        ["TB"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["1"] = "",
        ["%"] = "percent",
        ["$"] = "dollars",
    };

    private static readonly Dictionary<string, string> WordsAfterPer = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    };

    /// <summary>The unit's word, <c>bytes_per_second</c> for <c>By/s</c>; empty for counts such as <c>1</c> and <c>{request}</c>.</summary>
    public static string From(string unit)
    {
        string bare = Annotation().Replace(unit, "");
        int slash = bare.IndexOf('/', StringComparison.Ordinal);
        string words = slash >= 0 && slash < bare.Length - 1
            ? $"{WordOf(Words, bare[..slash])}_per_{WordOf(WordsAfterPer, bare[(slash + 1)..])}"
            : WordOf(Words, bare);
        return NotInName().Replace(words, "_").Trim('_');
    }

    private static string WordOf(Dictionary<string, string> words, string unit) => words.GetValueOrDefault(unit, unit);

    [GeneratedRegex("[{][^}]*[}]")]
    private static partial Regex Annotation();

    [GeneratedRegex("[^a-zA-Z0-9:]+")]
    private static partial Regex NotInName();
}
