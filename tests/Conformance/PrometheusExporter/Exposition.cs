using System.Globalization;
using System.Text;

namespace Granary.Conformance.PrometheusExporter.Tests;

/// <summary>
/// A response read back, strictly: every line must be metadata or a sample, metadata stands before its samples and only once,
/// and no series appears twice. It knows nothing of how the exporter writes.
/// </summary>
internal sealed class Exposition
{
    private Exposition(string text) => Text = text;

    public string Text { get; }

    public Dictionary<string, string> Types { get; } = [];

    public Dictionary<string, string> Helps { get; } = [];

    public Dictionary<string, string> Units { get; } = [];

    public List<Sample> Samples { get; } = [];

    public bool HasEof { get; private set; }

    public Sample this[string name] => Samples.Single(sample => sample.Name == name);

    public IEnumerable<Sample> Named(string name) => Samples.Where(sample => sample.Name == name);

    public static Exposition Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var result = new Exposition(text);
        foreach (string line in text[..^1].Split('\n'))
        {
            Assert.False(result.HasEof, $"after # EOF: {line}");
            result.Read(line);
        }

        Assert.Equal(result.Samples.Count, result.Samples.Select(sample => sample.Series).Distinct().Count());
        return result;
    }

    private void Read(string line)
    {
        if (line == "# EOF")
        {
            HasEof = true;
            return;
        }

        if (!line.StartsWith('#'))
        {
            Samples.Add(ReadSample(line));
            return;
        }

        string[] parts = line.Split(' ', 4);
        var metadata = parts[1] switch
        {
            "TYPE" => Types,
            "HELP" => Helps,
            "UNIT" => Units,
            _ => throw new FormatException($"not metadata: {line}"),
        };
        Assert.DoesNotContain(Samples, sample => sample.Name == parts[2]);
        Assert.True(metadata.TryAdd(parts[2], parts[3]), $"a second {parts[1]} for {parts[2]}");
    }

    private static Sample ReadSample(string line)
    {
        int brace = line.IndexOf('{', StringComparison.Ordinal);
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        int nameEnd = brace >= 0 && brace < space ? brace : space;
        var labels = new Dictionary<string, string>();
        int next = nameEnd;
        if (line[next] == '{')
        {
            next++;
            while (line[next] != '}')
            {
                next = ReadLabel(line, next, labels);
            }

            next++;
        }

        Assert.Equal(' ', line[next]);
        return new Sample(line[..nameEnd], labels, ReadNumber(line[(next + 1)..]));
    }

    private static int ReadLabel(string line, int start, Dictionary<string, string> labels)
    {
        int equals = line.IndexOf('=', start);
        Assert.Equal('"', line[equals + 1]);
        var value = new StringBuilder();
        int at = equals + 2;
        for (; line[at] != '"'; at++)
        {
            bool escaped = line[at] == '\\';
            at += escaped ? 1 : 0;
            value.Append(escaped && line[at] == 'n' ? '\n' : line[at]);
        }

        labels.Add(line[start..equals], value.ToString());
        return line[at + 1] == ',' ? at + 2 : at + 1;
    }

    private static double ReadNumber(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>One line.</summary>
    internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
    {
        /// <summary>What must be unique in a response.</summary>
        public string Series => $"{Name} {string.Join(',', Labels.OrderBy(label => label.Key).Select(label => $"{label.Key}={label.Value}"))}";
    }
}
