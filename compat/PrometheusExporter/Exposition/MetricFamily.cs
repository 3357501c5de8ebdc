using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>The metrics of several meters that share a name. Formats want them in one block, with one type.</summary>
/// <param name="name">What they are called.</param>
/// <param name="type">The type of the first of them.</param>
internal sealed class MetricFamily(MetricName name, string type)
{
    private readonly List<Metric> _metrics = [];

    public MetricName Name => name;

    public string Type => type;

    public IReadOnlyList<Metric> Metrics => _metrics;

    public string Help { get; private set; } = "";

    /// <summary>Whether its metrics disagree about the type; such a family cannot be exported.</summary>
    public bool IsConflicting { get; private set; }

    /// <summary>The exposition's name of a metric's type; null for types that the formats cannot carry.</summary>
    public static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        MetricType.ExponentialHistogram => null,
        _ => "gauge",
    };

    public void Add(Metric metric)
    {
        IsConflicting |= TypeOf(metric.MetricType) != type;
        Help = Help.Length > 0 ? Help : metric.Description;
        _metrics.Add(metric);
    }
}
