using Granary.Trainer.Insight;
using static System.FormattableString;

namespace Granary.Trainer.Health;

/// <summary>
/// Outputs near zero that stay there. Small ones alone are not dead: a last BN that starts at zero, or a network of small scale, learns
/// its way up. Nor are few loud ones among many idle ones: sound ReLU layers are sparse. So either most outputs are idle and no gradient
/// reaches the weights before them, or practically all are idle while the others are not small.
/// </summary>
internal static class DeadRule
{
    /// <summary>What says that the layer is dead; null when nothing does.</summary>
    /// <param name="track">The layer.</param>
    /// <param name="feeding">The layer itself when it has trained parameters, else the nearest one before it that has; null when there is none.</param>
    /// <param name="medianGradients">The median layer's gradient norm at each sample.</param>
    public static string? Evidence(LayerTrack track, LayerTrack? feeding, IReadOnlyList<double> medianGradients)
    {
        if (track.Lasting is not { } lasting)
            return null;
        (int first, int count) = lasting.GetOffsetAndLength(track.Samples.Count);
        LayerSample[] samples = [.. track.Samples.Skip(first).Take(count)];
        double idle = samples.Min(sample => sample.AbsoluteNearZero);
        if (!(idle >= Thresholds.DeadShare))
            return null;
        string what = Invariant($"{idle:p1} of its outputs or more within 0.05 of zero from step {track.Steps[first]} to {track.LastStep}");
        if (idle >= Thresholds.IdleShare && samples.All(sample => sample.StandardDeviation >= Thresholds.IdleDeviation))
            return what;
        bool starved = feeding is not null && Enumerable.Range(first, count).All(
            i => feeding.Samples[i].GradientNorm <= Thresholds.NoGradient * medianGradients[i]);
        return starved ? what + (feeding == track ? ", and no gradient reaches its weights" : $", and no gradient reaches {feeding!.Layer}") : null;
    }
}
