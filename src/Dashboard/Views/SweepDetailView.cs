namespace Granary.Dashboard.Views;

/// <summary>A sweep with its trials.</summary>
/// <param name="Sweep">The sweep in one row.</param>
/// <param name="Trials">Its trials, in order of number.</param>
/// <param name="File">The sweep file's text.</param>
internal sealed record SweepDetailView(SweepView Sweep, IReadOnlyList<TrialView> Trials, string File);
