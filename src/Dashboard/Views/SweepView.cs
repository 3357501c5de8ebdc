namespace Granary.Dashboard.Views;

/// <summary>A sweep in one row, as the web page receives it.</summary>
internal sealed record SweepView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>running, paused, succeeded, stopped or failed.</summary>
    public required string State { get; init; }

    public required string Metric { get; init; }

    public required bool Maximize { get; init; }

    public required int PlannedTrials { get; init; }

    public required int FinishedTrials { get; init; }

    public required int RunningTrials { get; init; }

    public required string? BestTrial { get; init; }

    public required double? Best { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset? Finished { get; init; }
}
