using Granary.Trainer.Health;
using Granary.Trainer.Insight;

namespace Granary.Trainer.Worker;

/// <summary>Layers and verdicts on the wire.</summary>
internal static class LayerMapping
{
    /// <summary>A layer at one step.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="verdict">What is said of it; null: nothing.</param>
    public static V1.LayerStatistics ToProto(LayerSample layer, LayerVerdict? verdict)
    {
        var proto = new V1.LayerStatistics
        {
            Layer = layer.Layer,
            Kind = layer.Kind,
            Mean = layer.Mean,
            StandardDeviation = layer.StandardDeviation,
            NearZero = layer.NearZero,
            AbsoluteNearZero = layer.AbsoluteNearZero,
            Health = (V1.LayerHealth)(verdict?.Health ?? 0),
            Evidence = verdict?.Evidence ?? "",
            Histogram = new V1.LayerHistogram
            {
                Low = layer.Histogram.Low,
                High = layer.Histogram.High,
                Examined = layer.Histogram.Examined,
                Counts = { layer.Histogram.Counts },
            },
        };
        if (layer.GradientNorm is { } gradient) proto.GradientNorm = gradient;
        if (layer.WeightNorm is { } weight) proto.WeightNorm = weight;
        if (layer.UpdateRatio is { } ratio) proto.UpdateRatio = ratio;
        return proto;
    }

    /// <summary>A run's verdict; null stays unset.</summary>
    /// <param name="health">The verdict.</param>
    public static V1.RunHealth? ToProto(RunHealth? health) =>
        health is null ? null : new V1.RunHealth { Health = (V1.LayerHealth)health.Health, Sentence = health.Sentence };
}
