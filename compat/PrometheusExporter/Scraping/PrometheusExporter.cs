using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>The pull exporter: a scrape makes the reader collect, which exports into the response being written.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly PrometheusAspNetCoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ExpositionWriter _writer;
    private ScrapeFormat _format;
    private Exception? _failure;

    public PrometheusExporter(PrometheusAspNetCoreOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _writer = new ExpositionWriter(options);
        Collector = new ScrapeCollector(CollectOnce, TimeSpan.FromMilliseconds(options.ScrapeResponseCacheDurationMilliseconds), time);
        LiveExporters.Add(this);
    }

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    public ScrapeCollector Collector { get; }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        try
        {
            _writer.Write(_format, batch);
            return ExportResult.Success;
        }
#pragma warning disable CA1031 // The reader would drop it; the scrape reports it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = failure;
            return ExportResult.Failure;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            LiveExporters.Remove(this);
            Collector.Dispose();
        }

        base.Dispose(disposing);
    }

    private ScrapeResponse CollectOnce(ScrapeFormat format)
    {
        (_format, _failure) = (format, null);
        _writer.Begin(format, _options.TargetInfoEnabled ? ParentProvider.GetResource() : null);
        if (Collect?.Invoke(Timeout.Infinite) != true)
        {
            throw new InvalidOperationException(
                "the metrics could not be collected: the meter provider is disposed, or its metrics could not be written", _failure);
        }

        return new ScrapeResponse(_writer.End(format), _time.GetUtcNow(), _time.GetTimestamp());
    }
}
