using Granary.Silo.Metrics;
using Grpc.Core;

namespace Granary.Silo.Wire;

/// <summary>Measurements, read from the wire within bounds.</summary>
internal static class MetricMapping
{
    private const int MostSteps = 4_096;
    private const int MostValues = 64;
    private const int MostLayers = 2_048;
    private const int Bins = 40;
    private const int LongestEvidence = 1_000;

    /// <summary>A batch of rank 0.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is too large, or a name or number cannot be right.</exception>
    public static MetricBatch FromProto(V1.MetricBatch batch)
    {
        RankId rank = Requests.Rank(batch.Id);
        if (batch.Steps.Count > MostSteps)
            throw RpcFaults.Invalid($"{rank} sent {batch.Steps.Count} steps at once; at most {MostSteps} are taken.");
        foreach (V1.StepMetrics step in batch.Steps) Check(rank, step);
        return new MetricBatch(rank.Attempt, batch.Steps);
    }

    /// <summary>An epoch's metrics.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: there are too many, or a name cannot be right.</exception>
    public static Dictionary<string, double> Metrics(IDictionary<string, double> values)
    {
        CheckNames(values.Keys);
        return new Dictionary<string, double>(values);
    }

    private static void Check(RankId rank, V1.StepMetrics step)
    {
        if (step.Step < 0) throw RpcFaults.Invalid($"{rank} sent step {step.Step}; steps count from 0.");
        if (step.Layers.Count > MostLayers)
            throw RpcFaults.Invalid($"{rank} sent {step.Layers.Count} layers; at most {MostLayers} are taken.");
        CheckNames(step.Values.Keys);
        foreach (V1.LayerStatistics layer in step.Layers) Check(rank, layer);
        HealthMapping.Check(step.Health);
    }

    private static void Check(RankId rank, V1.LayerStatistics layer)
    {
        Requests.Name(layer.Layer, "layer");
        if (layer.Kind.Length > 0) Requests.Name(layer.Kind, "kind", most: 100);
        if (layer.Evidence.Length > 0) Requests.Name(layer.Evidence, "evidence", LongestEvidence);
        if (layer.Histogram is { } histogram && (histogram.Counts.Count != Bins || histogram.Counts.Any(count => count < 0)))
            throw RpcFaults.Invalid($"{rank} sent a histogram of {layer.Layer} with {histogram.Counts.Count} bins; expected {Bins} with counts from 0.");
    }

    private static void CheckNames(ICollection<string> names)
    {
        if (names.Count > MostValues) throw RpcFaults.Invalid($"{names.Count} metrics in one message; at most {MostValues} are taken.");
        foreach (string name in names) Requests.Name(name, "metric", most: 100);
    }
}
