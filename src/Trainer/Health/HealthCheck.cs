using Granary.Trainer.Insight;

namespace Granary.Trainer.Health;

/// <summary>Judges a run by its samples: a pure function, the same samples give the same verdicts.</summary>
internal static class HealthCheck
{
    /// <summary>The verdicts over the last <see cref="Thresholds.Window"/> samples.</summary>
    /// <param name="samples">In order of step; those whose layers are not the newest one's, and all before them, do not count.</param>
    /// <returns>With a verdict for each layer of the newest sample, at the same place.</returns>
    public static RunHealth Judge(IReadOnlyList<WatchSample> samples)
    {
        if (samples.Count == 0)
            return RunHealth.Unknown;
        LayerTrack[] tracks = [.. Tracks(samples)];
        // Blocks repeat their parts' parameters; the median is over single layers.
        LayerTrack[] trained = [.. tracks.Where((track, i) => track.Trained && !IsBlock(tracks, i))];
        LayerTrack[] learning = [.. trained.Where(track => track.Learns)];
        double[] gradients = Medians(trained, sample => sample.GradientNorm ?? double.NaN);
        var verdicts = new List<LayerVerdict>();
        LayerTrack? feeding = null;
        foreach (LayerTrack track in tracks)
        {
            feeding = track.Trained ? track : feeding;
            verdicts.Add(Judge(track, feeding, gradients, MayVanish(track) ? LaterRatios(track, learning) : []));
        }

        return RunHealth.Of(verdicts);
    }

    private static LayerVerdict Judge(LayerTrack track, LayerTrack? feeding, double[] gradients, double[] laterRatios)
    {
        if (ExplodingRule.Evidence(track) is { } exploding)
            return new LayerVerdict(track.Layer, LayerHealth.Exploding, exploding);
        if (DeadRule.Evidence(track, feeding, gradients) is { } dead)
            return new LayerVerdict(track.Layer, LayerHealth.Dead, dead);
        if (CollapsingRule.Evidence(track) is { } collapsing)
            return new LayerVerdict(track.Layer, LayerHealth.Collapsing, collapsing);
        return laterRatios.Length > 0 && VanishingRule.Evidence(track, laterRatios) is { } vanishing
            ? new LayerVerdict(track.Layer, LayerHealth.Vanishing, vanishing)
            : new LayerVerdict(track.Layer, LayerHealth.Healthy, "");
    }

    private static IEnumerable<LayerTrack> Tracks(IReadOnlyList<WatchSample> samples)
    {
        IReadOnlyList<LayerSample> newest = samples[^1].Layers;
        WatchSample[] alike = [.. samples.TakeLast(Thresholds.Window).Reverse().TakeWhile(sample => Alike(sample.Layers, newest)).Reverse()];
        long[] steps = [.. alike.Select(sample => sample.Step)];
        return newest.Select((layer, place) => new LayerTrack(layer.Layer, steps, [.. alike.Select(sample => sample.Layers[place])]));
    }

    private static bool Alike(IReadOnlyList<LayerSample> layers, IReadOnlyList<LayerSample> others) =>
        layers.Count == others.Count && !layers.Where((layer, i) => layer.Layer != others[i].Layer).Any();

    // A block stands right after its parts.
    private static bool IsBlock(LayerTrack[] tracks, int place) =>
        place > 0 && tracks[place - 1].Layer.StartsWith(tracks[place].Layer + ".", StringComparison.Ordinal);

    // Spares the medians of later layers where the weights move well.
    private static bool MayVanish(LayerTrack track) => track.Learns && track.Last.UpdateRatio <= Thresholds.FaintUpdate;

    private static double[] LaterRatios(LayerTrack track, LayerTrack[] learning) =>
        Medians([.. learning.SkipWhile(other => other != track).Skip(1)], VanishingRule.Ratio);

    private static double[] Medians(LayerTrack[] tracks, Func<LayerSample, double> number)
    {
        if (tracks.Length == 0)
            return [];
        double[] medians = new double[tracks[0].Samples.Count];
        double[] numbers = new double[tracks.Length];
        for (int i = 0; i < medians.Length; i++)
        {
            for (int t = 0; t < tracks.Length; t++)
                numbers[t] = number(tracks[t].Samples[i]);
            Array.Sort(numbers);
            medians[i] = numbers[numbers.Length / 2];
        }

        return medians;
    }
}
