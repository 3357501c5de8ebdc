using System.Numerics;
using System.Runtime.InteropServices;

namespace Granary.Trainer.Insight;

/// <summary>
/// Mean, spread and counts of numbers. Parts that fit into the cache are centred by their own means, so that numbers far from zero lose no
/// digits, and put together (Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances", 1979).
/// </summary>
/// <param name="Length">How many numbers.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Squares">The sum of squares about it.</param>
/// <param name="AtMost">Those at most the bound.</param>
/// <param name="Below">Those below the bound's negative.</param>
internal readonly record struct ValueSums(long Length, double Mean, double Squares, long AtMost, long Below)
{
    private const int PartLength = 16_384;

    /// <summary>The sums of numbers in memory. NaN makes mean and squares NaN and counts as neither.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="bound">Above 0.</param>
    public static ValueSums Of(ReadOnlySpan<float> values, float bound)
    {
        ValueSums all = default;
        while (!values.IsEmpty)
        {
            int length = Math.Min(PartLength, values.Length);
            all = all.With(OfPart(values[..length], bound));
            values = values[length..];
        }

        return all;
    }

    private ValueSums With(ValueSums other)
    {
        long length = Length + other.Length;
        double difference = other.Mean - Mean;
        return new ValueSums(
            length,
            Mean + (difference * other.Length / length),
            Squares + other.Squares + (difference * difference * Length * other.Length / length),
            AtMost + other.AtMost,
            Below + other.Below);
    }

    private static ValueSums OfPart(ReadOnlySpan<float> part, float bound)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(part);
        ReadOnlySpan<float> rest = part[(vectors.Length * Vector<float>.Count)..];
        Vector<float> sums = Vector<float>.Zero;
        Vector<int> atMost = Vector<int>.Zero, below = Vector<int>.Zero;
        var (high, low) = (new Vector<float>(bound), new Vector<float>(-bound));
        foreach (Vector<float> values in vectors)
        {
            sums += values;

            // A comparison that holds is -1.
            atMost -= Vector.LessThanOrEqual(values, high);
            below -= Vector.LessThan(values, low);
        }

        double sum = Total(sums);
        long least = Vector.Sum(atMost), lowest = Vector.Sum(below);
        foreach (float value in rest)
        {
            sum += value;
            least += value <= bound ? 1 : 0;
            lowest += value < -bound ? 1 : 0;
        }

        return Centred(part, vectors, rest, sum / part.Length) with { AtMost = least, Below = lowest };
    }

    // The corrected two-pass algorithm of the same paper: what the numbers lie away from a mean that was rounded mends mean and squares.
    private static ValueSums Centred(ReadOnlySpan<float> part, ReadOnlySpan<Vector<float>> vectors, ReadOnlySpan<float> rest, double mean)
    {
        float centre = (float)mean;
        Vector<float> centres = new(centre), away = Vector<float>.Zero, squared = Vector<float>.Zero;
        foreach (Vector<float> values in vectors)
        {
            Vector<float> difference = values - centres;
            away += difference;
            squared += difference * difference;
        }

        double residue = Total(away), squares = Total(squared);
        foreach (float value in rest)
        {
            residue += value - centre;
            squares += (double)(value - centre) * (value - centre);
        }

        return new ValueSums(part.Length, centre + (residue / part.Length), squares - (residue * residue / part.Length), 0, 0);
    }

    private static double Total(Vector<float> lanes)
    {
        double total = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            total += lanes[lane];
        return total;
    }
}
