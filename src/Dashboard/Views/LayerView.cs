namespace Granary.Dashboard.Views;

/// <summary>What one layer looked like at one step.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Mean">Mean of its outputs.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
/// <param name="NearZero">Share of outputs at or below 0.05, in [0, 1].</param>
internal sealed record LayerView(string Layer, double Mean, double StandardDeviation, double NearZero)
{
    /// <summary>Such as Conv2d or ReLU; empty from a worker that does not say.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Euclidean norm of the parameters' gradient; null without trained parameters.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>Euclidean norm of the parameters; null without any.</summary>
    public double? WeightNorm { get; init; }

    /// <summary>Norm of what the step added to the parameters over <see cref="WeightNorm"/>; null without trained parameters.</summary>
    public double? UpdateRatio { get; init; }

    /// <summary>healthy, vanishing, collapsing, dead, exploding; unknown where nobody judged.</summary>
    public string Health { get; init; } = HealthView.Unknown;

    /// <summary>What the verdict rests on; empty for a healthy layer.</summary>
    public string Evidence { get; init; } = "";
}
