namespace OpenTelemetry.Exporter.Prometheus;

/// <summary>
/// Runs collections one at a time. Scrapes that arrive while one of their format runs share its result, and those within the
/// cache's duration get the last one, so that any number of scrapers costs at most one collection per format and duration.
/// </summary>
/// <param name="collect">Collects and writes one response; called by one thread at a time.</param>
/// <param name="cacheFor">How long a response is handed out again; zero for never.</param>
/// <param name="time">Measures the cache's age.</param>
internal sealed class ScrapeCollector(Func<ScrapeFormat, ScrapeResponse> collect, TimeSpan cacheFor, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _oneCollection = new(1, 1);
    private readonly Task<ScrapeResponse>?[] _latest = new Task<ScrapeResponse>?[Enum.GetValues<ScrapeFormat>().Length];

    /// <summary>A response of the format.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the collection itself goes on for the others.</exception>
    public Task<ScrapeResponse> ScrapeAsync(ScrapeFormat format, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ref var latest = ref _latest[(int)format];
            if (latest is null || (latest.IsCompleted && !IsFresh(latest)))
            {
                // Its own thread: observable instruments call back into the application, which may block.
                latest = Task.Run(() => CollectAloneAsync(format), CancellationToken.None);
            }

            return latest.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _oneCollection.Dispose();

    private bool IsFresh(Task<ScrapeResponse> finished)
    {
        if (!finished.IsCompletedSuccessfully || cacheFor == TimeSpan.Zero)
        {
            return false;
        }

#pragma warning disable RS0030 // The task has completed.
        return time.GetElapsedTime(finished.Result.Timestamp) < cacheFor;
#pragma warning restore RS0030
    }

    private async Task<ScrapeResponse> CollectAloneAsync(ScrapeFormat format)
    {
        await _oneCollection.WaitAsync().ConfigureAwait(false);
        try
        {
            return collect(format);
        }
        finally
        {
            _oneCollection.Release();
        }
    }
}
