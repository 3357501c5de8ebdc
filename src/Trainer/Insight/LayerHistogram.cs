namespace Granary.Trainer.Insight;

/// <summary>
/// How a layer's outputs are spread at one step: one column of the colourful-dimension picture. fastai counts with <c>histc(40, 0, 10)</c>;
/// a layer whose outputs have been negative is counted from -10 to 10 instead, in as many bins. An output on an edge counts to the bin
/// above it, one equal to <see cref="High"/> to the last bin.
/// </summary>
/// <param name="Low">Where the first bin begins: 0 or -10.</param>
/// <param name="High">Where the last bin ends: 10.</param>
/// <param name="Examined">Outputs looked at: all, or every so-many-th of a large tensor. Those in no bin are outside the range, or NaN.</param>
/// <param name="Counts">Outputs per bin, <see cref="Bins"/> of them, from <paramref name="Low"/> up.</param>
internal sealed record LayerHistogram(double Low, double High, long Examined, IReadOnlyList<int> Counts)
{
    /// <summary>Bins of every histogram: fastai's 40.</summary>
    public const int Bins = 40;

    /// <summary>Where every histogram ends: fastai's 10.</summary>
    public const int Limit = 10;

    /// <summary>Bins as wide as fastai's from -<see cref="Limit"/> to <see cref="Limit"/>: both kinds of histogram follow from them.</summary>
    public const int FineBins = 2 * Bins;

    /// <summary>The histogram of counts over <see cref="FineBins"/> equal bins from -<see cref="Limit"/> to <see cref="Limit"/>.</summary>
    /// <param name="fine">The counts, exact integers.</param>
    /// <param name="examined">Outputs looked at.</param>
    /// <param name="signed">false: from 0 to <see cref="Limit"/>, the upper half; true: the whole range, two bins joined to one.</param>
    public static LayerHistogram Of(ReadOnlySpan<float> fine, long examined, bool signed)
    {
        int[] counts = new int[Bins];
        for (int bin = 0; bin < Bins; bin++)
            counts[bin] = (int)(signed ? fine[2 * bin] + fine[(2 * bin) + 1] : fine[Bins + bin]);
        return new LayerHistogram(signed ? -Limit : 0, Limit, examined, counts);
    }

    /// <summary>The same outputs over the range -<see cref="Limit"/> to <see cref="Limit"/>, for a picture whose later columns need it.</summary>
    public LayerHistogram Signed()
    {
        if (Low < 0)
            return this;
        int[] counts = new int[Bins];
        for (int bin = 0; bin < Bins; bin++)
            counts[(Bins / 2) + (bin / 2)] += Counts[bin];
        return new LayerHistogram(-Limit, High, Examined, counts);
    }
}
