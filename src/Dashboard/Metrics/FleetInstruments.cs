using System.Diagnostics.Metrics;
using Granary.Catalog;
using Granary.Pools;
using Granary.Sweeps;

namespace Granary.Dashboard.Metrics;

/// <summary>The silo's sweeps, devices and queues as gauges, looked at every few seconds.</summary>
internal sealed partial class FleetInstruments : BackgroundService
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Granary.Fleet";

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    private readonly Meter _meter = new(MeterName);
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<FleetInstruments> _logger;
    private volatile FleetCounts _counts = FleetCounts.None;

    public FleetInstruments(IGrainFactory grains, TimeProvider time, ILogger<FleetInstruments> logger)
    {
        (_grains, _time, _logger) = (grains, time, logger);
        _meter.CreateObservableGauge("granary.sweeps", () => Measure(_counts.Sweeps, "state"), description: "Sweeps by state.");
        _meter.CreateObservableGauge("granary.devices", () => Measure(_counts.Devices, "state"), description: "Devices: free, leased or absent.");
        _meter.CreateObservableGauge("granary.gangs.queued", () => Measure(_counts.Queued, "pool"), description: "Trials that wait for devices, by pool.");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(LookInterval, _time);
        do
        {
            try
            {
                _counts = await CountAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // The silo restarts now and then; stale numbers would hide that, so there are none meanwhile.
                _counts = FleetCounts.None;
                LogSiloAway(error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<FleetCounts> CountAsync(CancellationToken cancellationToken)
    {
        ICatalogGrain catalog = _grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);
        IReadOnlyList<SweepSummary> sweeps = await catalog.ListAsync(1_000, cancellationToken);
        IReadOnlyList<string> pools = await catalog.ListPoolsAsync(cancellationToken);
        Dictionary<string, long> devices = new() { ["free"] = 0, ["leased"] = 0, ["absent"] = 0 };
        Dictionary<string, long> queued = [];
        foreach (string pool in pools)
        {
            PoolSnapshot snapshot = await _grains.GetGrain<IPoolGrain>(pool).GetAsync(cancellationToken);
            queued[pool] = snapshot.Queue.Count;
            foreach (PoolDevice device in snapshot.Devices)
            {
                devices[!device.Present ? "absent" : device.Holder is null ? "free" : "leased"]++;
            }
        }

        return new FleetCounts(sweeps.CountBy(sweep => sweep.State.ToString().ToLowerInvariant()).ToDictionary(pair => pair.Key, pair => (long)pair.Value), devices, queued);
    }

    private static IEnumerable<Measurement<long>> Measure(IReadOnlyDictionary<string, long> counts, string label) =>
        counts.Select(entry => new Measurement<long>(entry.Value, new KeyValuePair<string, object?>(label, entry.Key)));

    [LoggerMessage(Level = LogLevel.Debug, Message = "The silo's grains do not answer ({Reason}); asking again.")]
    private partial void LogSiloAway(string reason);
}
