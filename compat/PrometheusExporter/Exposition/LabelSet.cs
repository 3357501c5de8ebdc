using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>The labels of one point. Keys that become equal once escaped share a label, their values joined by semicolons.</summary>
internal sealed partial class LabelSet
{
    private readonly List<(string Key, string Original, string Value)> _labels = [];

    public int Count => _labels.Count;

    /// <summary>Drops every label after the first <paramref name="count"/>.</summary>
    public void Truncate(int count) => _labels.RemoveRange(count, _labels.Count - count);

    public void Add(string key, object? value)
        => _labels.Add((Escape(key), key, TextOf(value)));

    /// <summary>Writes <c>a="1",b="2"</c>, without the braces.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="reserved">A key that the caller writes itself; null for none.</param>
    /// <returns>Whether anything was written.</returns>
    public bool Write(ExpositionBuffer output, string? reserved)
    {
        bool any = false;
        for (int i = 0; i < _labels.Count; i++)
        {
            string key = _labels[i].Key;
            if (key == reserved || _labels.FindIndex(label => label.Key == key) < i)
            {
                continue;
            }

            output.Append(any ? "," : "").Append(key).Append("=\"").AppendEscaped(ValueOf(key, i), escapeQuotes: true).Append('"');
            any = true;
        }

        return any;
    }

    // https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-attributes
    private string ValueOf(string key, int first)
    {
        if (_labels.FindIndex(first + 1, label => label.Key == key) < 0)
        {
            return _labels[first].Value;
        }

        var colliding = _labels.Where(label => label.Key == key).OrderBy(label => label.Original, StringComparer.Ordinal);
        return string.Join(';', colliding.Select(label => label.Value));
    }

    private static string Escape(string key)
    {
        if (key.Length == 0)
        {
            return "_";
        }

        string escaped = NotInKey().Replace(key, "_");
        return char.IsAsciiDigit(escaped[0]) ? "_" + escaped : escaped;
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => NumberText.Canonical(number),
        float number => NumberText.Canonical(number),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    [GeneratedRegex("[^a-zA-Z0-9_]+")]
    private static partial Regex NotInKey();
}
