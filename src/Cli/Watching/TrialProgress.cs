using Granary.V1;

namespace Granary.Cli.Watching;

/// <summary>One trial as this command knows it.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Step">Its newest measurements; null before the first.</param>
internal sealed record TrialProgress(Trial Trial, StepMetrics? Step)
{
    /// <summary>Share of its epochs that is done, 0 to 1.</summary>
    public double Share => Ended ? 1 : Math.Clamp(Math.Max(Trial.EpochsDone, Step?.Epoch ?? 0) / Math.Max(1, Trial.Epochs), 0, 1);

    public bool Ended => Trial.State is TrialState.Succeeded or TrialState.Stopped or TrialState.Failed;

    public bool Active => Trial.State is TrialState.Placed or TrialState.Starting or TrialState.Running or TrialState.Checkpointing;

    /// <summary>The verdict over its layers in a word; empty where nobody judged.</summary>
    public string Verdict => Word(Trial.Health?.Health ?? LayerHealth.Unspecified);

    /// <summary>The verdict is none to be content with.</summary>
    public bool Sick => Trial.Health is { Health: > LayerHealth.Healthy };

    /// <summary>The learning rate that the finder chose; null where none was searched for.</summary>
    public double? FoundRate => Trial.Metrics.TryGetValue("found-learning-rate", out double rate) ? rate : null;

    /// <summary>A verdict in a word; empty for none, and for one that only a newer silo knows.</summary>
    public static string Word(LayerHealth health) =>
        health != LayerHealth.Unspecified && Enum.IsDefined(health) ? health.ToString().ToLowerInvariant() : "";

    /// <summary>A metric of the newest step, else of the last epoch; null where there is none.</summary>
    public double? Metric(string name) =>
        Step is not null && Step.Values.TryGetValue(name, out double value) || Trial.Metrics.TryGetValue(name, out value) ? value : null;

    /// <summary>Its point of the search space, in one line.</summary>
    public string Parameters => string.Join(' ', Trial.Parameters.OrderBy(entry => entry.Key != "model").ThenBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => entry.Key == "model" ? entry.Value : $"{entry.Key}={entry.Value}"));
}
