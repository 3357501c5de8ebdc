namespace Granary.Trainer.Pictures;

/// <summary>Where a pixel of a resized picture lies in its source: pixel centres are at half coordinates, edges are repeated.</summary>
internal static class Bilinear
{
    /// <summary>The two neighbours of a pixel in the source, and how far it lies from the first to the second, 0 to 1.</summary>
    /// <param name="index">The pixel of the result, from 0.</param>
    /// <param name="from">Pixels of the source.</param>
    /// <param name="to">Pixels of the result.</param>
    public static (int First, int Second, double Share) Between(int index, int from, int to)
    {
        double at = Math.Max(((index + 0.5) * from / to) - 0.5, 0);
        int first = Math.Min((int)at, from - 1);
        int second = Math.Min(first + 1, from - 1);
        return (first, second, first == second ? 0 : at - first);
    }
}
