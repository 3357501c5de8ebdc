namespace Granary.Trainer.Learning.Finding;

/// <summary>Learning rates drawn from a curve of smoothed losses, by fastai's published rules.</summary>
internal static class RateSuggestions
{
    /// <summary>
    /// fastai's <c>valley</c>: halfway down the longest series of ever lower losses, counted in thirds and halves of thirds.
    /// </summary>
    /// <remarks>
    /// The series' losses need not stand side by side: as in fastai, its length counted back from its last point is taken for its start,
    /// which for a curve of two falling points lies before the first; here the first is taken then.
    /// </remarks>
    /// <param name="curve">At rising rates.</param>
    /// <returns>null for an empty curve.</returns>
    public static double? Valley(IReadOnlyList<RatePoint> curve)
    {
        if (curve.Count == 0)
            return null;
        int[] lengths = LongestFalls(curve);
        int end = Array.IndexOf(lengths, lengths.Max());
        int start = lengths[end] == 1 ? end : end - lengths[end];
        double part = (end - start) / 3.0;
        return curve[Math.Max(start + (int)part + (int)(part / 2), 0)].Rate;
    }

    /// <summary>fastai's <c>steep</c>: where the loss falls fastest over the logarithm of the rate.</summary>
    /// <param name="curve">At rising rates.</param>
    /// <returns>null for fewer than two points.</returns>
    public static double? Steep(IReadOnlyList<RatePoint> curve)
    {
        double? rate = null;
        double steepest = double.PositiveInfinity;
        for (int i = 0; i + 1 < curve.Count; i++)
        {
            double slope = (curve[i + 1].Smoothed - curve[i].Smoothed) / Math.Log(curve[i + 1].Rate / curve[i].Rate);
            if (slope < steepest)
                (steepest, rate) = (slope, curve[i].Rate);
        }

        return rate;
    }

    // Of the longest strictly falling series that ends at each point: its length.
    private static int[] LongestFalls(IReadOnlyList<RatePoint> curve)
    {
        int[] lengths = new int[curve.Count];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = 1;
            for (int j = 0; j < i; j++)
            {
                if (curve[i].Smoothed < curve[j].Smoothed)
                    lengths[i] = Math.Max(lengths[i], lengths[j] + 1);
            }
        }

        return lengths;
    }
}
