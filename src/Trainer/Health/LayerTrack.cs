using Granary.Trainer.Insight;

namespace Granary.Trainer.Health;

/// <summary>One layer over the samples that are judged.</summary>
/// <param name="Layer">The layer's dotted name.</param>
/// <param name="Steps">The samples' steps, ascending, at least one.</param>
/// <param name="Samples">The layer at each of them.</param>
internal sealed record LayerTrack(string Layer, IReadOnlyList<long> Steps, IReadOnlyList<LayerSample> Samples)
{
    /// <summary>The newest sample.</summary>
    public LayerSample Last => Samples[^1];

    /// <summary>The step of the newest sample.</summary>
    public long LastStep => Steps[^1];

    /// <summary>The layer has trained parameters.</summary>
    public bool Trained => Last.GradientNorm is not null;

    /// <summary>The layer has trained parameters that are not all zero: ratios to their norm exist.</summary>
    public bool Learns => Trained && Last.WeightNorm > 0;

    /// <summary>
    /// The newest samples that a lasting state must fill: at least <see cref="Thresholds.Samples"/>, and all of the last
    /// <see cref="Thresholds.Steps"/> steps. Null while there are fewer.
    /// </summary>
    public Range? Lasting
    {
        get
        {
            int first = Samples.Count - Thresholds.Samples;
            while (first > 0 && LastStep - Steps[first] < Thresholds.Steps)
                first--;
            return first >= 0 && LastStep - Steps[first] >= Thresholds.Steps ? first..Samples.Count : null;
        }
    }
}
