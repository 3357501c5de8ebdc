namespace OpenTelemetry.Exporter;

/// <summary>How a meter provider answers Prometheus scrapes over ASP.NET Core. Read once, when the provider is built.</summary>
public class PrometheusAspNetCoreOptions
{
    internal const string DefaultScrapeEndpointPath = "/metrics";
    internal const int SmallestMaxScrapeResponseSizeBytes = 85_000;

    private int _scrapeResponseCacheDurationMilliseconds = 300;
    private int _maxScrapeResponseSizeBytes = SmallestMaxScrapeResponseSizeBytes * 2048;

    /// <summary>The path that answers scrapes when the mapping call names none; null means the default. Default: <c>/metrics</c>.</summary>
    public string? ScrapeEndpointPath { get; set; } = DefaultScrapeEndpointPath;

    /// <summary>Whether counters go without <c>_total</c> in the text format; OpenMetrics demands the suffix. Default: false.</summary>
    public bool DisableTotalNameSuffixForCounters { get; set; }

    /// <summary>Whether every series carries its meter in labels: <c>otel_scope_name</c>, <c>otel_scope_version</c>... Default: true.</summary>
    public bool ScopeInfoEnabled { get; set; } = true;

    /// <summary>Whether a response begins with <c>target_info</c>, the resource's attributes as labels. Default: true.</summary>
    public bool TargetInfoEnabled { get; set; } = true;

    /// <summary>For how many milliseconds scrapes get the previous response again. At least 0, which means never. Default: 300.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int ScrapeResponseCacheDurationMilliseconds
    {
        get => _scrapeResponseCacheDurationMilliseconds;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _scrapeResponseCacheDurationMilliseconds = value;
        }
    }

    /// <summary>The size in bytes above which a scrape fails with status 500. At least 85,000. Default: 174,080,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 85,000.</exception>
    public int MaxScrapeResponseSizeBytes
    {
        get => _maxScrapeResponseSizeBytes;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, SmallestMaxScrapeResponseSizeBytes);
            _maxScrapeResponseSizeBytes = value;
        }
    }
}
