namespace Granary.Dashboard.Views;

/// <summary>How one layer's outputs were spread at one step: a column of the colourful dimension.</summary>
/// <param name="Step">Optimizer steps completed.</param>
/// <param name="Low">Where the first bin begins.</param>
/// <param name="High">Where the last bin ends.</param>
/// <param name="Counts">Outputs per bin, from <paramref name="Low"/> up, all bins equally wide.</param>
internal sealed record SpreadView(long Step, double Low, double High, IReadOnlyList<int> Counts);
