namespace Granary.Dashboard.Views;

/// <summary>What one layer's output looked like.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Standard deviation.</param>
/// <param name="NearZero">Share of outputs at or below 0.05.</param>
internal sealed record LayerView(string Layer, double Mean, double StandardDeviation, double NearZero);
