using Granary.Trainer.Pictures;
using SkiaSharp;

namespace Granary.Trainer.Explain;

/// <summary>A layer's maps as a grid: each on its own scale from its least to its greatest number, the strongest first.</summary>
internal static class FeatureSheet
{
    private const int Side = 84;
    private const int Columns = 8;
    private const int FeatureSide = 10;
    private const int FeaturesPerRow = 64;

    /// <summary>Draws a layer's output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="most">Maps to draw at most.</param>
    public static SKBitmap Draw(LayerOutput output, int most)
    {
        if (output.Shape.Count == 1)
            return DrawFeatures(output);
        int[] strongest = Strongest(output);
        int channels = output.Channels;
        string shown = channels > most ? $"the {most} strongest of {channels} maps" : $"{channels} maps, the strongest first";
        return TileSheet.Draw(
            $"{output.Layer}: {shown}, {output.Shape[2]}x{output.Shape[1]}, each on its own scale",
            [.. strongest.Take(most).Select(channel => new Tile(output.Map(channel).Spread().Paint(ColourMap.Viridis), Side, $"{channel}"))],
            Columns);
    }

    /// <summary>The channels by their mean absolute number, the greatest first; of equal ones the lower number first.</summary>
    /// <param name="output">The output.</param>
    public static int[] Strongest(LayerOutput output) =>
        [.. Enumerable.Range(0, output.Channels).OrderByDescending(channel => Strength(output.Map(channel)))];

    private static double Strength(FloatMap map)
    {
        double sum = 0;
        foreach (float value in map.Values)
            sum += float.IsFinite(value) ? Math.Abs(value) : 0;
        return sum / map.Values.Length;
    }

    private static SKBitmap DrawFeatures(LayerOutput output)
    {
        FloatMap map = output.Map(0).Spread();
        int columns = Math.Min(map.Width, FeaturesPerRow);
        int rows = (map.Width + FeaturesPerRow - 1) / FeaturesPerRow;
        SKBitmap numbers = Bitmaps.Paint(columns, rows, (x, y) =>
            (y * columns) + x < map.Width ? ColourMap.Viridis.At(map[(y * columns) + x, 0]) : SKColors.White);
        (float low, float high) = output.Map(0).Range;
        string title = FormattableString.Invariant($"{output.Layer}: {map.Width} numbers from {low:g3} to {high:g3}");
        return TileSheet.Draw(title, [new Tile(numbers, FeatureSide * Math.Max(columns, rows))], columns: 1);
    }
}
