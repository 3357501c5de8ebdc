namespace Granary.Dashboard.Explaining;

/// <summary>Where and how explanations are made.</summary>
internal sealed record ExplainOptions
{
    /// <summary>The trainer's executable; null: it is not installed here.</summary>
    public required string? Trainer { get; init; }

    /// <summary>Folder for fetched checkpoints and drawn pictures, used by no other process.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder goes with this process.</summary>
    public bool Temporary { get; init; }

    /// <summary>How long one explanation may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Explanations that may wait, 1 and above.</summary>
    public int MostWaiting { get; init; } = 8;

    /// <summary>Explanations to keep, 1 and above.</summary>
    public int MostKept { get; init; } = 64;

    /// <summary>Bytes of checkpoints to keep.</summary>
    public long MostCheckpointBytes { get; init; } = 2L << 30;
}
