namespace Granary.Silo.Metrics;

/// <summary>Puts histograms of one layer on one range.</summary>
internal static class HistogramRange
{
    /// <summary>The histogram over [-high, high]: one that begins at 0 gives two bins to one.</summary>
    public static V1.LayerHistogram Signed(V1.LayerHistogram histogram)
    {
        if (histogram.Low < 0) return histogram;
        int bins = histogram.Counts.Count;
        int[] counts = new int[bins];
        for (int bin = 0; bin < bins; bin++) counts[(bins / 2) + (bin / 2)] += histogram.Counts[bin];
        return new V1.LayerHistogram { Low = -histogram.High, High = histogram.High, Examined = histogram.Examined, Counts = { counts } };
    }
}
