using System.Diagnostics.Metrics;
using Granary.Catalog;
using Granary.Pools;
using Granary.Silo.Fleet;
using Granary.Silo.Metrics;
using Granary.Silo.Telemetry;
using Granary.Silo.Watching;
using Granary.Sweeps;

namespace Granary.Silo.Census;

/// <summary>Looks at the grains every few seconds, so that a scrape of <c>/metrics</c> costs them nothing.</summary>
internal sealed partial class ClusterCounter(IGrainFactory grains, TimeProvider time, ILogger<ClusterCounter> logger) : BackgroundService
{
    private const int MostSweeps = 1_000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private ClusterCounts _counts = ClusterCounts.None;

    private ClusterCounts Counts => Volatile.Read(ref _counts);

    /// <summary>Shows what was counted, and what the silo's own parts hold.</summary>
    public void Publish(SiloInstruments instruments, MetricStore metrics, WatchPlaces watchers, AgentRegistry agents)
    {
        instruments.Observe("granary.trials", "Trials of unfinished sweeps, by state.", () => Read(Counts.Trials, "state"));
        instruments.Observe("granary.devices", "Devices: free, leased or absent.", () => Read(Counts.Devices, "state"));
        instruments.Observe("granary.queued.gangs", "Gangs that wait for devices, by pool.", () => Read(Counts.QueuedGangs, "pool"));
        instruments.Observe("granary.metrics.queued", "Batches of measured steps that wait to be stored.", () => One(metrics.Queued));
        instruments.Observe("granary.watchers", "Watch streams open now.", () => One(watchers.Taken));
        instruments.Observe("granary.agents", "Agents connected to this silo.", () => One(agents.Connected));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Volatile.Write(ref _counts, await CountAsync(stoppingToken));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }
        }
    }

    private async Task<ClusterCounts> CountAsync(CancellationToken cancellationToken)
    {
        ICatalogGrain catalog = grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);
        var trials = new Dictionary<string, long>();
        foreach (SweepSummary sweep in await catalog.ListAsync(MostSweeps, cancellationToken))
        {
            if (sweep.State.IsTerminal()) continue;
            SweepSnapshot? snapshot = await grains.GetGrain<ISweepGrain>(sweep.Id.Value).GetAsync(cancellationToken);
            Add(trials, (snapshot?.Trials ?? []).CountBy(trial => trial.State.ToString()));
        }

        var devices = new Dictionary<string, long>();
        var queued = new Dictionary<string, long>();
        foreach (string pool in await catalog.ListPoolsAsync(cancellationToken))
        {
            PoolSnapshot snapshot = await grains.GetGrain<IPoolGrain>(pool).GetAsync(cancellationToken);
            Add(devices, snapshot.Devices.CountBy(device => device.Holder is not null ? "leased" : device.Present ? "free" : "absent"));
            queued[pool] = snapshot.Queue.Count;
        }

        return new ClusterCounts(trials, devices, queued);
    }

    private static void Add(Dictionary<string, long> sums, IEnumerable<KeyValuePair<string, int>> counts)
    {
        foreach ((string key, int count) in counts) sums[key] = sums.GetValueOrDefault(key) + count;
    }

    private static IEnumerable<Measurement<long>> Read(IReadOnlyDictionary<string, long> counts, string label) =>
        counts.Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>(label, pair.Key.ToLowerInvariant())));

    private static IEnumerable<Measurement<long>> One(long value) => [new Measurement<long>(value)];

    [LoggerMessage(Level = LogLevel.Warning, Message = "Trials and devices could not be counted for /metrics; the last counts stay.")]
    private partial void LogFailed(Exception error);
}
