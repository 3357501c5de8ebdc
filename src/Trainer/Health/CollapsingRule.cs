using static System.FormattableString;

namespace Granary.Trainer.Health;

/// <summary>
/// The rise and fall that fastai's book shows in the colourful dimension (chapter 13): outputs grow exponentially, go too far, fall back
/// to nothing, and start again. Read from the standard deviation: how far the histogram reaches up.
/// </summary>
internal static class CollapsingRule
{
    /// <summary>What says that the layer collapses; null when nothing does.</summary>
    /// <param name="track">The layer.</param>
    public static string? Evidence(LayerTrack track)
    {
        (int Peak, int Low)[] falls = [.. Falls(track)];
        if (falls.Length < Thresholds.Collapses)
            return null;
        (int peak, int low) = falls[^1];
        return Invariant(
            $"{falls.Length} times in steps {track.Steps[0]} to {track.LastStep} its outputs grew and fell back, at last from standard deviation {track.Samples[peak].StandardDeviation:g3} at step {track.Steps[peak]} to {track.Samples[low].StandardDeviation:g3} at step {track.Steps[low]}");
    }

    // A fall counts when a rise by the same factor came before it. Places of the greatest and the least value around each fall.
    private static IEnumerable<(int Peak, int Low)> Falls(LayerTrack track)
    {
        double At(int i) => track.Samples[i].StandardDeviation;
        (int low, int peak) = (0, 0);
        bool rising = false;
        for (int i = 1; i < track.Samples.Count; i++)
        {
            if (!double.IsFinite(At(i)))
                yield break;
            if (!rising)
            {
                low = At(i) < At(low) ? i : low;
                if (At(i) < Thresholds.Swing * At(low) || At(i) == 0)
                    continue;
                (rising, peak) = (true, i);
            }
            else if (At(i) >= At(peak))
            {
                peak = i;
            }
            else if (At(i) <= At(peak) / Thresholds.Swing)
            {
                (rising, low) = (false, i);
                if (At(peak) >= Thresholds.VisibleDeviation)
                    yield return (peak, i);
            }
        }
    }
}
