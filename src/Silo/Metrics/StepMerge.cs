namespace Granary.Silo.Metrics;

/// <summary>Puts two messages about one step together.</summary>
internal static class StepMerge
{
    /// <summary>Adds what <paramref name="newer"/> holds to <paramref name="into"/>; where both have a value, the newer stays.</summary>
    public static V1.StepMetrics Merge(V1.StepMetrics into, V1.StepMetrics newer)
    {
        into.Epoch = newer.Epoch;
        into.UnixMilliseconds = newer.UnixMilliseconds;
        foreach ((string series, double value) in newer.Values) into.Values[series] = value;
        into.Health = newer.Health ?? into.Health;
        foreach (V1.LayerStatistics layer in newer.Layers)
        {
            int at = into.Layers.ToList().FindIndex(known => known.Layer == layer.Layer);
            if (at >= 0) into.Layers[at] = layer;
            else into.Layers.Add(layer);
        }

        return into;
    }
}
