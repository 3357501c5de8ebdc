namespace Granary.Trainer.Insight;

/// <summary>
/// What one layer looked like at one step. The output's numbers are those of rank 0's slice of the batch; the parameters' are the whole
/// gang's, since gradients are summed over ranks and weights are the same on each.
/// </summary>
internal sealed record LayerSample
{
    /// <summary>The layer's dotted name in the model, such as <c>conv1</c> or <c>layer2.0.bn1</c>; of a block, the block's.</summary>
    public required string Layer { get; init; }

    /// <summary>Its kind, such as <c>Conv2d</c> or <c>ReLU</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Mean of the outputs.</summary>
    public required double Mean { get; init; }

    /// <summary>Their standard deviation (n - 1 in the denominator, as torch has it).</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Share of outputs at or below 0.05, in [0, 1]: fastai's <c>near_zero</c>, which counts every negative output.</summary>
    public required double NearZero { get; init; }

    /// <summary>Share of outputs from -0.05 to 0.05, in [0, 1].</summary>
    public required double AbsoluteNearZero { get; init; }

    /// <summary>How the outputs are spread.</summary>
    public required LayerHistogram Histogram { get; init; }

    /// <summary>Euclidean norm of the parameters' gradient, before clipping; null without trained parameters.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>Euclidean norm of the parameters before the step; null without parameters.</summary>
    public double? WeightNorm { get; init; }

    /// <summary>Norm of what the step added to the parameters over <see cref="WeightNorm"/>; null without parameters or when all are 0.</summary>
    public double? UpdateRatio { get; init; }
}
