using Granary.Trainer.Insight;
using static System.FormattableString;

namespace Granary.Trainer.Health;

/// <summary>
/// A gradient that has faded on its way back from the later layers, and weights that hardly move. Gradients are compared per weight
/// norm, so that neither a layer's size nor the learning rate matters; that the weights hardly move excludes optimizers that scale
/// faint gradients up.
/// </summary>
internal static class VanishingRule
{
    /// <summary>What says that the layer's gradient vanishes; null when nothing does.</summary>
    /// <param name="track">The layer, with trained parameters.</param>
    /// <param name="laterRatios">The median gradient-to-weight ratio of the later layers at each sample; NaN where there are none.</param>
    public static string? Evidence(LayerTrack track, IReadOnlyList<double> laterRatios)
    {
        if (track.Lasting is not { } lasting)
            return null;
        (int first, int count) = lasting.GetOffsetAndLength(track.Samples.Count);
        for (int i = first; i < first + count; i++)
        {
            // Written so that NaN is no evidence.
            if (!(track.Samples[i].UpdateRatio <= Thresholds.FaintUpdate && Ratio(track.Samples[i]) <= Thresholds.FadedGradient * laterRatios[i]))
                return null;
        }

        double share = laterRatios[^1] > 0 ? Ratio(track.Last) / laterRatios[^1] : 0;
        return Invariant(
            $"its gradient is {share:g2} of the later layers' (per weight) and a step changes its weights by {track.Last.UpdateRatio:g2} of their norm at step {track.LastStep}, so since step {track.Steps[first]}; about 0.001 is right");
    }

    /// <summary>Gradient norm over weight norm; NaN without trained parameters or where these are all 0.</summary>
    /// <param name="sample">The layer at a step.</param>
    public static double Ratio(LayerSample sample) =>
        sample is { GradientNorm: { } gradient, WeightNorm: { } weight and > 0 } ? gradient / weight : double.NaN;
}
