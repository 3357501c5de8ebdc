namespace Granary.Specs;

/// <summary>What each trial runs on.</summary>
public sealed record ResourcesSpec
{
    /// <summary>Ranks of a trial, each on a device of its own: at least this many, 1 to 1,024.</summary>
    public int MinDevices { get; init; } = 1;

    /// <summary>Ranks of a trial at most, at least <see cref="MinDevices"/>.</summary>
    public int MaxDevices { get; init; } = 1;

    /// <summary>The pool whose devices are used.</summary>
    public string Pool { get; init; } = "default";

    /// <summary>Greater goes first, -100 to 100.</summary>
    public int Priority { get; init; }

    /// <summary>How often a trial whose worker failed is started again, 0 to 100. A lost node does not count.</summary>
    public int Retries { get; init; } = 2;
}
