namespace Granary.Trainer.Insight;

/// <summary>What one layer's output looked like at one step, over all of the batch's numbers.</summary>
/// <param name="Layer">The stage's name in the model, such as <c>conv1</c> or <c>layer2.0</c>.</param>
/// <param name="Mean">Mean of the outputs.</param>
/// <param name="StandardDeviation">Their standard deviation (n - 1 in the denominator, as torch has it).</param>
/// <param name="NearZero">Share of outputs at or below 0.05, in [0, 1]: fastai's <c>near_zero</c>.</param>
internal readonly record struct LayerActivity(string Layer, double Mean, double StandardDeviation, double NearZero);
