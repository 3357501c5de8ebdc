using ScottPlot;
using ScottPlot.Plottables;

namespace Granary.Trainer.Pictures;

/// <summary>Numbers from 0 to 1 as colours over the whole area of a plot, without a step between two.</summary>
/// <param name="Values">The numbers, the uppermost row first.</param>
/// <param name="Map">Their colours.</param>
internal sealed record PlotHeat(FloatMap Values, ColourMap Map)
{
    /// <summary>Adds it to a plot whose axes run from 0 to 1.</summary>
    /// <param name="plot">The plot.</param>
    public void AddTo(Plot plot)
    {
        double[,] cells = new double[Values.Height, Values.Width];
        for (int y = 0; y < Values.Height; y++)
        {
            for (int x = 0; x < Values.Width; x++)
                cells[y, x] = Values[x, y];
        }

        Heatmap heat = plot.Add.Heatmap(cells);
        heat.Rectangle = new CoordinateRect(0, 1, 0, 1);
        heat.Colormap = new Colours(Map);
        heat.ManualRange = new ScottPlot.Range(0, 1);
        plot.MoveToBack(heat);
    }

    private sealed class Colours(ColourMap map) : IColormap
    {
        public string Name => nameof(ColourMap);

        public Color GetColor(double position) => Color.FromSKColor(map.At(position));
    }
}
