namespace Granary.Dashboard.Views;

/// <summary>A trial, as the web page receives it.</summary>
internal sealed record TrialView
{
    public required string Id { get; init; }

    public required int Number { get; init; }

    public required string State { get; init; }

    /// <summary>Counts the trial's changes: a smaller number is older.</summary>
    public required long Version { get; init; }

    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public required string Model { get; init; }

    public required int Attempt { get; init; }

    public required IReadOnlyList<string> Devices { get; init; }

    public required int EpochsDone { get; init; }

    public required int Epochs { get; init; }

    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public required double? Best { get; init; }

    public required int BestEpoch { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset? Started { get; init; }

    public required DateTimeOffset? Finished { get; init; }

    /// <summary>Hash of the best checkpoint's weights.</summary>
    public required string? Checkpoint { get; init; }

    /// <summary>One point per completed epoch.</summary>
    public required IReadOnlyList<PointView> History { get; init; }

    /// <summary>The last epoch report's verdict over the layers; null before it, and where no layer is watched.</summary>
    public required HealthView? Health { get; init; }
}
