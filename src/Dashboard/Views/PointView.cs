namespace Granary.Dashboard.Views;

/// <summary>What was measured at one step, or what one epoch gave.</summary>
/// <param name="Step">Optimizer steps completed.</param>
/// <param name="Epoch">Epochs completed, with the fraction of the running one.</param>
/// <param name="Values">By metric.</param>
/// <param name="Layers">Each layer's statistics; null where they were not taken.</param>
internal sealed record PointView(
    long Step, double Epoch, IReadOnlyDictionary<string, double> Values, IReadOnlyList<LayerView>? Layers = null);
