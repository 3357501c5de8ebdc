using System.Diagnostics.Metrics;

namespace Orleans.Runtime;

/// <summary>The meter <c>Microsoft.Orleans</c>: the instruments of upstream that a dashboard of one silo needs, under their names.</summary>
internal static class Instruments
{
    private static readonly Meter Meter = new("Microsoft.Orleans");
    private static readonly Histogram<double> RequestLatency = Meter.CreateHistogram<double>("orleans-app-requests-latency", "ms");
    private static readonly Counter<long> RequestsTimedOut = Meter.CreateCounter<long>("orleans-app-requests-timedout");
    private static readonly Counter<long> RequestsCanceled = Meter.CreateCounter<long>("orleans-app-requests-canceled");
    private static readonly UpDownCounter<long> Activations = Meter.CreateUpDownCounter<long>("orleans-catalog-activations");
    private static readonly Counter<long> ActivationsCreated = Meter.CreateCounter<long>("orleans-catalog-activation-created");
    private static readonly Counter<long> ActivationsDestroyed = Meter.CreateCounter<long>("orleans-catalog-activation-destroyed");
    private static readonly Counter<long> ActivationsCollected = Meter.CreateCounter<long>("orleans-catalog-activation-collections");
    private static readonly UpDownCounter<long> Clients = Meter.CreateUpDownCounter<long>("orleans-gateway-connected-clients");

    /// <summary>Whether anyone reads latencies: without a reader the clock is not asked.</summary>
    public static bool MeasuresLatency => RequestLatency.Enabled;

    public static void Latency(TimeSpan time) => RequestLatency.Record(time.TotalMilliseconds);

    public static void TimedOut(GrainType type) => RequestsTimedOut.Add(1, new KeyValuePair<string, object?>("type", type.ToString()));

    public static void Canceled(GrainType type) => RequestsCanceled.Add(1, new KeyValuePair<string, object?>("type", type.ToString()));

    public static void ActivationCreated()
    {
        ActivationsCreated.Add(1);
        Activations.Add(1);
    }

    public static void ActivationDestroyed()
    {
        ActivationsDestroyed.Add(1);
        Activations.Add(-1);
    }

    public static void Collected() => ActivationsCollected.Add(1);

    public static void ClientsChanged(int change) => Clients.Add(change);
}
