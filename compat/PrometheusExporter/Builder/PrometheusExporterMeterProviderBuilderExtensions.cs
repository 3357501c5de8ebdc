using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Exporter.Prometheus;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the exporter that Prometheus pulls from to a meter provider.</summary>
public static class PrometheusExporterMeterProviderBuilderExtensions
{
    /// <summary>Adds the exporter with the default options.</summary>
    /// <param name="builder">The provider being built.</param>
    /// <returns>The same builder.</returns>
    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder)
        => AddPrometheusExporter(builder, name: null, configure: null);

    /// <summary>Adds the exporter with options set in code.</summary>
    /// <param name="builder">The provider being built.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static MeterProviderBuilder AddPrometheusExporter(
        this MeterProviderBuilder builder,
        Action<PrometheusAspNetCoreOptions> configure)
        => AddPrometheusExporter(builder, name: null, configure);

    /// <summary>Adds the exporter with named options.</summary>
    /// <param name="builder">The provider being built.</param>
    /// <param name="name">The name under which the options are looked up; null for the default name.</param>
    /// <param name="configure">Sets the options; null to take them as configured elsewhere.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static MeterProviderBuilder AddPrometheusExporter(
        this MeterProviderBuilder builder,
        string? name,
        Action<PrometheusAspNetCoreOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string optionsName = name ?? Options.DefaultName;
        if (configure is not null)
        {
            builder.ConfigureServices(services => services.Configure(optionsName, configure));
        }

        return builder.AddReader(services =>
        {
            var options = services.GetRequiredService<IOptionsMonitor<PrometheusAspNetCoreOptions>>().Get(optionsName);
#pragma warning disable CA2000 // The reader owns the exporter, and the provider the reader.
            return new BaseExportingMetricReader(new PrometheusExporter(options, TimeProvider.System))
            {
                TemporalityPreference = MetricReaderTemporalityPreference.Cumulative,
            };
#pragma warning restore CA2000
        });
    }
}
