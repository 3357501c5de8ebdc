using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>
/// Writes one response: <see cref="Begin"/>, <see cref="Write"/> for every batch of metrics, <see cref="End"/>.
/// Formats: https://prometheus.io/docs/instrumenting/exposition_formats/ and https://prometheus.io/docs/specs/om/open_metrics_spec/.
/// </summary>
/// <param name="options">What to write.</param>
internal sealed class ExpositionWriter(PrometheusAspNetCoreOptions options)
{
    private const string TargetFamily = "target";
    private const string TargetSeries = "target_info";

    private readonly ExpositionBuffer _output = new(options.MaxScrapeResponseSizeBytes);
    private readonly SeriesWriter _series = new(options.ScopeInfoEnabled);
    private bool _wroteTarget;

    /// <summary>Starts a response, with the attributes of a resource in front unless it is null or has none.</summary>
    public void Begin(ScrapeFormat format, Resource? resource)
    {
        _output.Clear();
        var labels = new LabelSet();
        foreach (var (key, value) in resource?.Attributes ?? [])
        {
            labels.Add(key, value);
        }

        _wroteTarget = labels.Count > 0;
        if (_wroteTarget)
        {
            bool isText = format == ScrapeFormat.Text;
            string family = isText ? TargetSeries : TargetFamily;
            _output.Append("# TYPE ").Append(family).Append(isText ? " gauge\n" : " info\n");
            _output.Append("# HELP ").Append(family).Append(" Target metadata\n").Append(TargetSeries).Append('{');
            labels.Write(_output, reserved: null);
            _output.Append("} 1\n");
        }
    }

    public void Write(ScrapeFormat format, in Batch<Metric> batch)
    {
        var families = new Dictionary<string, MetricFamily>(StringComparer.Ordinal);
        var inOrder = new List<MetricFamily>();
        foreach (var metric in batch)
        {
            if (MetricFamily.TypeOf(metric.MetricType) is not { } type)
            {
                continue;
            }

            var name = MetricName.For(metric.Name, metric.Unit, type == "counter", format, options.DisableTotalNameSuffixForCounters);
            if (!families.TryGetValue(name.Family, out var family))
            {
                family = new MetricFamily(name, type);
                families.Add(name.Family, family);
                inOrder.Add(family);
            }

            family.Add(metric);
        }

        foreach (var family in inOrder.Where(IsExportable))
        {
            WriteFamily(format, family);
        }
    }

    /// <summary>Ends the response.</summary>
    /// <returns>Its bytes, owned by the caller.</returns>
    public byte[] End(ScrapeFormat format)
    {
        if (format == ScrapeFormat.OpenMetrics)
        {
            _output.Append("# EOF\n");
        }

        return _output.ToArray();
    }

    private bool IsExportable(MetricFamily family)
        => !family.IsConflicting && !(_wroteTarget && family.Name.Family is TargetFamily or TargetSeries);

    private void WriteFamily(ScrapeFormat format, MetricFamily family)
    {
        bool isOpenMetrics = format == ScrapeFormat.OpenMetrics;
        _output.Append("# TYPE ").Append(family.Name.Family).Append(' ').Append(family.Type).Append('\n');
        if (isOpenMetrics && family.Name.Unit.Length > 0)
        {
            _output.Append("# UNIT ").Append(family.Name.Family).Append(' ').Append(family.Name.Unit).Append('\n');
        }

        if (family.Help.Length > 0)
        {
            _output.Append("# HELP ").Append(family.Name.Family).Append(' ').AppendEscaped(family.Help, isOpenMetrics).Append('\n');
        }

        foreach (var metric in family.Metrics)
        {
            _series.Write(_output, format, family.Name, metric);
        }
    }
}
