namespace Granary.Sweeps;

/// <summary>A sweep in one row.</summary>
[GenerateSerializer, Immutable, Alias("granary.SweepSummary")]
public sealed record SweepSummary
{
    /// <summary>The sweep's id.</summary>
    [Id(0)] public required SweepId Id { get; init; }

    /// <summary>The name in its file.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(2)] public required SweepState State { get; init; }

    /// <summary>The metric that its trials are judged by.</summary>
    [Id(3)] public required string Metric { get; init; }

    /// <summary>true: greater is better.</summary>
    [Id(4)] public required bool Maximize { get; init; }

    /// <summary>Trials that the search will make at most.</summary>
    [Id(5)] public required int PlannedTrials { get; init; }

    /// <summary>Trials that have ended.</summary>
    [Id(6)] public int FinishedTrials { get; init; }

    /// <summary>Trials that hold devices.</summary>
    [Id(7)] public int RunningTrials { get; init; }

    /// <summary>The best trial so far; null before the first report.</summary>
    [Id(8)] public TrialId? BestTrial { get; init; }

    /// <summary>Its value of <see cref="Metric"/>.</summary>
    [Id(9)] public double? Best { get; init; }

    /// <summary>Why it stopped or failed; empty otherwise.</summary>
    [Id(10)] public string Reason { get; init; } = "";

    /// <summary>When it was submitted.</summary>
    [Id(11)] public required DateTimeOffset Created { get; init; }

    /// <summary>When it ended; null before.</summary>
    [Id(12)] public DateTimeOffset? Finished { get; init; }

    /// <summary>SHA-256 of the file's text, lower-case hex: the same file again continues an unfinished sweep.</summary>
    [Id(13)] public required string FileHash { get; init; }
}
