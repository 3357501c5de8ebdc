namespace Granary.Trainer.Parallel;

/// <summary>Mean and variance of each channel over the parts of a batch that the ranks hold.</summary>
internal static class BatchStatistics
{
    /// <summary>Joins the parts' statistics, in order of rank, so that every rank gets the same bits.</summary>
    /// <param name="parts">Of each rank: its means, its biased variances, and how many values there are to a channel.</param>
    /// <param name="mean">Replaced by the mean over all.</param>
    /// <param name="variance">Replaced by the biased variance over all.</param>
    /// <returns>Values to a channel over all ranks.</returns>
    /// <remarks>Chan, Golub and LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample Variances, 1979.</remarks>
    public static double Join(IReadOnlyList<(float[] Mean, float[] Variance, double Count)> parts, float[] mean, float[] variance)
    {
        var count = parts.Sum(part => part.Count);
        for (var channel = 0; channel < mean.Length; channel++)
        {
            var middle = parts.Sum(part => part.Count * part.Mean[channel]) / count;
            var squares = parts.Sum(part => part.Count * (part.Variance[channel] + Math.Pow(part.Mean[channel] - middle, 2)));
            mean[channel] = (float)middle;
            variance[channel] = (float)(squares / count);
        }

        return count;
    }
}
