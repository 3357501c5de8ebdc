using System.Diagnostics.Metrics;

namespace Granary.Silo.Telemetry;

/// <summary>What the silo counts about itself. Thread-safe.</summary>
internal sealed class SiloInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Granary.Silo";

    private readonly TimeProvider _time;
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _grainWrites;
    private readonly Histogram<double> _grainCommits;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _callSeconds;
    private readonly Counter<long> _metricSteps;
    private readonly Counter<long> _artifactBytes;

    public SiloInstruments(TimeProvider time)
    {
        _time = time;
        _grainWrites = _meter.CreateCounter<long>("granary.storage.writes", description: "Grain states written, by outcome.");
        _grainCommits = _meter.CreateHistogram<double>(
            "granary.storage.commit.duration", "s", "From the start of a group of writes until it is on the disk.");
        _calls = _meter.CreateCounter<long>("granary.rpc.calls", description: "gRPC calls that ended, by method and status.");
        _callSeconds = _meter.CreateHistogram<double>(
            "granary.rpc.duration", "s", "From a unary gRPC call's arrival to its answer, by method.");
        _metricSteps = _meter.CreateCounter<long>("granary.metrics.steps", description: "Measured steps, by what became of them.");
        _artifactBytes = _meter.CreateCounter<long>("granary.artifacts.bytes", "By", "Bytes of artifacts, by direction.");
    }

    /// <summary>The clock's present timestamp, for durations.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>A group of writes is on the disk, but for <paramref name="conflicts"/> of them.</summary>
    public void GrainsWritten(int count, int conflicts, long began)
    {
        _grainWrites.Add(count - conflicts, Outcome("written"));
        if (conflicts > 0) _grainWrites.Add(conflicts, Outcome("conflict"));
        _grainCommits.Record(_time.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>The disk refused a group of writes.</summary>
    public void GrainWritesFailed(int count) => _grainWrites.Add(count, Outcome("failed"));

    /// <summary>A gRPC call ended.</summary>
    public void CallEnded(string method, string status) =>
        _calls.Add(1, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("status", status));

    /// <summary>A unary gRPC call was answered.</summary>
    public void CallAnswered(string method, long began) =>
        _callSeconds.Record(_time.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("method", method));

    /// <summary>Measured steps were stored.</summary>
    public void StepsStored(int count) => _metricSteps.Add(count, Outcome("stored"));

    /// <summary>Measured steps could not be stored.</summary>
    public void StepsLost(int count) => _metricSteps.Add(count, Outcome("lost"));

    /// <summary>Bytes came in.</summary>
    public void ArtifactReceived(long bytes) => _artifactBytes.Add(bytes, new KeyValuePair<string, object?>("direction", "in"));

    /// <summary>Bytes went out.</summary>
    public void ArtifactSent(long bytes) => _artifactBytes.Add(bytes, new KeyValuePair<string, object?>("direction", "out"));

    /// <summary>A number that is looked at when somebody asks.</summary>
    public void Observe(string name, string description, Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableGauge(name, read, unit: null, description);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}
