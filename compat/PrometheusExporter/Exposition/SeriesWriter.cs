using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Writes the sample lines of one metric.</summary>
/// <param name="withScope">Whether the meter's name, version, schema and tags become labels.</param>
internal sealed class SeriesWriter(bool withScope)
{
    private readonly LabelSet _labels = new();

    public void Write(ExpositionBuffer output, ScrapeFormat format, MetricName name, Metric metric)
    {
        _labels.Truncate(0);
        if (withScope)
        {
            AddScope(metric);
        }

        int scopeLabels = _labels.Count;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            _labels.Truncate(scopeLabels);
            foreach (var (key, value) in point.Tags)
            {
                _labels.Add(key, value);
            }

            if (metric.MetricType == MetricType.Histogram)
            {
                WriteHistogram(output, format, name, point);
            }
            else
            {
                WriteSimple(output, format, name, metric.MetricType, point);
            }
        }
    }

    private void AddScope(Metric metric)
    {
        _labels.Add("otel_scope_name", metric.MeterName);
        if (!string.IsNullOrEmpty(metric.MeterVersion))
        {
            _labels.Add("otel_scope_version", metric.MeterVersion);
        }

        if (!string.IsNullOrEmpty(metric.MeterSchemaUrl))
        {
            _labels.Add("otel_scope_schema_url", metric.MeterSchemaUrl);
        }

        foreach (var (key, value) in metric.MeterTags ?? [])
        {
            if (key is not ("name" or "version" or "schema_url"))
            {
                _labels.Add($"otel_scope_{key}", value);
            }
        }
    }

    private void WriteSimple(ExpositionBuffer output, ScrapeFormat format, MetricName name, MetricType type, in MetricPoint point)
    {
        StartLine(output, name.Series, "", reserved: null);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                output.Append(point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                output.Append(NumberText.Value(point.GetSumDouble()));
                break;
            case MetricType.LongGauge:
                output.Append(point.GetGaugeLastValueLong());
                break;
            default:
                output.Append(NumberText.Value(point.GetGaugeLastValueDouble()));
                break;
        }

        output.Append('\n');
        if (format == ScrapeFormat.OpenMetrics && MetricFamily.TypeOf(type) == "counter")
        {
            WriteCreated(output, name, point, reserved: null);
        }
    }

    private void WriteHistogram(ExpositionBuffer output, ScrapeFormat format, MetricName name, in MetricPoint point)
    {
        bool isOpenMetrics = format == ScrapeFormat.OpenMetrics;
        bool hasNegativeBounds = false;
        double bound = double.NaN;
        long count = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            bound = bucket.ExplicitBound;
            count += bucket.BucketCount;
            hasNegativeBounds |= bound < 0;
            WriteBucket(output, name, isOpenMetrics ? NumberText.Canonical(bound) : NumberText.Value(bound), count);
        }

        // A view without boundaries leaves no bucket at all, and both formats demand the last one.
        if (!double.IsPositiveInfinity(bound))
        {
            WriteBucket(output, name, "+Inf", point.GetHistogramCount());
        }

        // OpenMetrics: a histogram with negative bounds must have no sum, and then no count either.
        if (!(isOpenMetrics && hasNegativeBounds))
        {
            StartLine(output, name.Series, "_sum", "le");
            output.Append(NumberText.Value(point.GetHistogramSum())).Append('\n');
            StartLine(output, name.Series, "_count", "le");
            output.Append(point.GetHistogramCount()).Append('\n');
        }

        if (isOpenMetrics)
        {
            WriteCreated(output, name, point, "le");
        }
    }

    private void WriteBucket(ExpositionBuffer output, MetricName name, string bound, long count)
    {
        output.Append(name.Series).Append("_bucket{");
        output.Append(_labels.Write(output, "le") ? ",le=\"" : "le=\"").Append(bound).Append("\"} ").Append(count).Append('\n');
    }

    private void WriteCreated(ExpositionBuffer output, MetricName name, in MetricPoint point, string? reserved)
    {
        double seconds = (point.StartTime - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;
        StartLine(output, name.Family, "_created", reserved);
        output.Append(NumberText.Value(seconds)).Append('\n');
    }

    private void StartLine(ExpositionBuffer output, string series, string suffix, string? reserved)
    {
        output.Append(series).Append(suffix);
        if (_labels.Count > 0)
        {
            output.Append('{');
            _labels.Write(output, reserved);
            output.Append('}');
        }

        output.Append(' ');
    }
}
