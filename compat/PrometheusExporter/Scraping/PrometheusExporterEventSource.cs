using System.Diagnostics.Tracing;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Failures of scrapes, under the name that the SDK's self-diagnostics and users of the exporter listen to.</summary>
[EventSource(Name = "OpenTelemetry-Exporter-Prometheus")]
internal sealed class PrometheusExporterEventSource : EventSource
{
    public static readonly PrometheusExporterEventSource Log = new();

    private PrometheusExporterEventSource()
    {
    }

    [Event(1, Message = "A scrape failed: {0}", Level = EventLevel.Error)]
    public void ScrapeFailed(string exception) => WriteEvent(1, exception);
}
