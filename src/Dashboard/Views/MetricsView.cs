namespace Granary.Dashboard.Views;

/// <summary>New measurements of one trial.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Points">In order of step.</param>
internal sealed record MetricsView(string Trial, IReadOnlyList<PointView> Points);
