namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>The exposition formats that a scrape may ask for.</summary>
internal enum ScrapeFormat
{
    /// <summary>Prometheus text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics text format 1.0.0.</summary>
    OpenMetrics,
}
