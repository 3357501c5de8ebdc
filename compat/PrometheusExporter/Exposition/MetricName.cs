using System.Text.RegularExpressions;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>What a metric is called in one format.</summary>
/// <param name="Family">The name in HELP, TYPE and UNIT lines.</param>
/// <param name="Series">The name of its samples, without the suffixes of histograms.</param>
/// <param name="Unit">The unit's word; empty when there is none, or when the family's name does not end in it.</param>
internal sealed partial record MetricName(string Family, string Series, string Unit)
{
    private const string Total = "_total";

    /// <summary>Translates a name: invalid characters become one underscore, then come the unit and, for counters, <c>_total</c>.</summary>
    public static MetricName For(string name, string unit, bool isCounter, ScrapeFormat format, bool keepCounterNames)
    {
        string word = UnitName.From(unit);
        string bare = NotInName().Replace(name, "_");
        if (bare.Length > 0 && char.IsAsciiDigit(bare[0]))
        {
            bare = "_" + bare[1..];
        }

        bool hadTotal = isCounter && bare.EndsWith(Total, StringComparison.Ordinal);
        string stem = hadTotal ? bare[..^Total.Length] : bare;
        if (word.Length > 0 && !stem.EndsWith(word, StringComparison.Ordinal))
        {
            // In the text format a counter keeps the _total that it was given in its place, as upstream does.
            bool keptInside = hadTotal && format == ScrapeFormat.Text;
            stem = keptInside ? $"{bare}_{word}" : $"{stem}_{word}";
            hadTotal = hadTotal && !keptInside;
        }

        bool withTotal = isCounter && (format == ScrapeFormat.OpenMetrics || hadTotal || !keepCounterNames);
        string series = withTotal ? stem + Total : stem;
        string family = format == ScrapeFormat.OpenMetrics ? stem : series;
        return new MetricName(family, series, stem.EndsWith("_" + word, StringComparison.Ordinal) ? word : "");
    }

    [GeneratedRegex("[^a-zA-Z0-9:]+")]
    private static partial Regex NotInName();
}
