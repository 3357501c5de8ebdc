using Granary.Dashboard.Views;

namespace Granary.Dashboard.Live;

/// <summary>A running trial and what it last measured.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Point">Its newest step; null before the first.</param>
/// <param name="Layers">Its newest activation statistics.</param>
internal sealed record LiveTrial(TrialView Trial, PointView? Point, IReadOnlyList<LayerView> Layers);
