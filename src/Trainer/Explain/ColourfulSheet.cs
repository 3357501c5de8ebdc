using Granary.Trainer.Insight;
using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Explain;

/// <summary>
/// fastai's colourful dimension (<c>ActivationStats.color_dim</c>): how a layer's outputs were spread during training. Steps go across, the
/// 40 bins of the histogram up; colours are ln(1 + count) over the greatest one. A healthy layer spreads evenly; one that collapses shows
/// columns that rise and then fall to the lowest bin, again and again.
/// </summary>
internal static class ColourfulSheet
{
    private const int Columns = 710;

    /// <summary>The layers that a history can show, in the network's order.</summary>
    /// <param name="history">What was recorded.</param>
    public static IReadOnlyList<string> Layers(LayerHistory history) =>
        history.Samples.Count == 0 ? [] : [.. history.Samples[^1].Layers.Select(layer => layer.Layer)];

    /// <summary>Draws a layer's histograms.</summary>
    /// <param name="history">What was recorded, with that layer in it.</param>
    /// <param name="layer">The layer.</param>
    public static SKBitmap Draw(LayerHistory history, string layer)
    {
        (long Step, LayerHistogram Histogram)[] columns = Histograms(history, layer);
        long first = columns[0].Step;
        // Each sample reaches to the next one, the last as far as the one before it.
        long end = columns[^1].Step + (columns.Length > 1 ? columns[^1].Step - columns[^2].Step : 1);
        return new LinePlot
        {
            Title = $"{layer}: outputs per bin, dark: none, bright: many, on a logarithmic scale",
            XLabel = "step",
            YLabel = "output",
            Series = [],
            XAxis = new PlotAxis(first, end, false),
            YAxis = new PlotAxis(columns[0].Histogram.Low, columns[0].Histogram.High, false),
            Background = Paint(columns, first, end),
        }.Draw(height: 320);
    }

    // When one has been negative all are counted over the whole range, so that a row means the same in every column.
    private static (long Step, LayerHistogram Histogram)[] Histograms(LayerHistory history, string layer)
    {
        (long Step, LayerHistogram Histogram)[] columns =
        [
            .. from sample in history.Samples
               from entry in sample.Layers
               where entry.Layer == layer
               select (sample.Step, entry.Histogram),
        ];
        return columns.Any(column => column.Histogram.Low < 0)
            ? Array.ConvertAll(columns, column => (column.Step, column.Histogram.Signed()))
            : columns;
    }

    // Samples need not be evenly spaced: a column of pixels shows the newest one at its step.
    private static PlotHeat Paint((long Step, LayerHistogram Histogram)[] columns, long first, long end)
    {
        double greatest = columns.Max(column => column.Histogram.Counts.Max(count => Math.Log(1 + count)));
        float[] shares = new float[Columns * LayerHistogram.Bins];
        int at = 0;
        for (int x = 0; x < Columns; x++)
        {
            double step = first + ((end - first) * (x + 0.5) / Columns);
            while (at + 1 < columns.Length && columns[at + 1].Step <= step)
                at++;
            for (int bin = 0; bin < LayerHistogram.Bins; bin++)
            {
                double share = greatest > 0 ? Math.Log(1 + columns[at].Histogram.Counts[bin]) / greatest : 0;
                shares[((LayerHistogram.Bins - 1 - bin) * Columns) + x] = (float)share;
            }
        }

        return new PlotHeat(new FloatMap(Columns, LayerHistogram.Bins, shares), ColourMap.Viridis);
    }
}
