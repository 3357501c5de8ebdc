using System.Runtime.CompilerServices;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>Finds a provider's exporter. The SDK offers no way from a provider to its exporters, only the one back.</summary>
internal static class LiveExporters
{
    // Weak, so that a provider that is dropped without being disposed does not stay in memory.
    private static readonly ConditionalWeakTable<PrometheusExporter, object?> Exporters = [];

    public static void Add(PrometheusExporter exporter) => Exporters.Add(exporter, null);

    public static void Remove(PrometheusExporter exporter) => Exporters.Remove(exporter);

    /// <summary>The exporter that the provider was built with; null when there is none.</summary>
    public static PrometheusExporter? Of(MeterProvider provider)
    {
        foreach (var (exporter, _) in Exporters)
        {
            if (ReferenceEquals(exporter.ParentProvider, provider))
            {
                return exporter;
            }
        }

        return null;
    }
}
