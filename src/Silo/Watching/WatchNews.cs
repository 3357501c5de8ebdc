using Granary.Silo.Metrics;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Silo.Watching;

/// <summary>What happened since a watcher last looked.</summary>
/// <param name="Overflowed">More than could be kept: look at the whole sweep again.</param>
/// <param name="Trials">Trials that changed.</param>
/// <param name="Summary">The sweep, when it changed.</param>
/// <param name="Metrics">What was measured.</param>
internal sealed record WatchNews(
    bool Overflowed, IReadOnlyList<TrialSnapshot> Trials, SweepSummary? Summary, IReadOnlyList<MetricBatch> Metrics);
