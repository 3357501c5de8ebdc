using static System.FormattableString;

namespace Granary.Trainer.Health;

/// <summary>Outputs or gradients that are no numbers, outputs that have grown far beyond the scale of sound ones, or wild updates.</summary>
internal static class ExplodingRule
{
    /// <summary>What says that the layer explodes; null when nothing does.</summary>
    /// <param name="track">The layer.</param>
    public static string? Evidence(LayerTrack track) => NotFinite(track) ?? Grown(track) ?? Wild(track);

    private static string? NotFinite(LayerTrack track)
    {
        (double mean, double deviation, double? gradient) = (track.Last.Mean, track.Last.StandardDeviation, track.Last.GradientNorm);
        if (!double.IsFinite(mean) || !double.IsFinite(deviation))
            return Invariant($"outputs of mean {mean} and standard deviation {deviation} at step {track.LastStep}");
        return gradient is { } norm && !double.IsFinite(norm) ? Invariant($"a gradient of norm {norm} at step {track.LastStep}") : null;
    }

    private static string? Grown(LayerTrack track)
    {
        double deviation = track.Last.StandardDeviation;
        if (deviation < Thresholds.HighDeviation)
            return null;
        int least = Enumerable.Range(0, track.Samples.Count).MinBy(i => track.Samples[i].StandardDeviation);
        double before = track.Samples[least].StandardDeviation;
        if (deviation < Thresholds.BeyondDeviation && deviation < Thresholds.Growth * before)
            return null;
        return Invariant($"standard deviation {deviation:g3} at step {track.LastStep}, {before:g3} at step {track.Steps[least]}; about 1 is right");
    }

    // One wild step may be a zero weight's first: only what goes on counts.
    private static string? Wild(LayerTrack track)
    {
        if (track.Samples.Count < Thresholds.Samples)
            return null;
        var newest = track.Samples.TakeLast(Thresholds.Samples);
        if (!newest.All(sample => sample.UpdateRatio >= Thresholds.WildUpdate))
            return null;
        return Invariant(
            $"each step changes its weights by {newest.Min(sample => sample.UpdateRatio):g2} of their norm or more, from step {track.Steps[^Thresholds.Samples]} to {track.LastStep}; about 0.001 is right");
    }
}
