using System.Globalization;
using Granary.V1;

namespace Granary.Cli.Watching;

/// <summary>Which ranks slowed their trials down, by each trial's last epoch.</summary>
internal static class Stragglers
{
    // The trainer's names for them.
    private const string Rank = "slowest-rank";
    private const string Share = "wait-share";

    private const int Most = 3;

    // Ranks that do the same work differ by a little at any time.
    private const double WorthALine = 0.01;

    /// <summary>A line for each of the trials that waited most, three at most.</summary>
    /// <param name="trials">The sweep's trials.</param>
    public static IEnumerable<string> Lines(IEnumerable<Trial> trials) => trials
        .Where(trial => trial.Metrics.ContainsKey(Rank) && trial.Metrics.TryGetValue(Share, out double share) && share >= WorthALine)
        .OrderByDescending(trial => trial.Metrics[Share])
        .Take(Most)
        .Select(trial => string.Create(
            CultureInfo.InvariantCulture,
            $"trial {trial.Number}: the other ranks waited for rank {trial.Metrics[Rank]} "
            + $"during {trial.Metrics[Share]:0.0 %} of their last epoch"));
}
