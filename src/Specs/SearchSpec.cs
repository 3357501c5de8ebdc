namespace Granary.Specs;

/// <summary>How points of the space are chosen and judged.</summary>
public sealed record SearchSpec
{
    /// <summary><c>grid</c> or <c>random</c>.</summary>
    public string Algorithm { get; init; } = "grid";

    /// <summary>Trials at most, 1 to 100,000; null with <c>grid</c>: the whole grid.</summary>
    public int? Trials { get; init; }

    /// <summary>Seed of the search.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The dimensions, in the file's order; the last varies fastest in a grid.</summary>
    public required IReadOnlyList<ParameterSpec> Space { get; init; }

    /// <summary>What a trial is judged by.</summary>
    public ObjectiveSpec Objective { get; init; } = new("valid-accuracy", Maximize: true);

    /// <summary>Early stopping of weak trials; null: every trial runs to its end.</summary>
    public AshaSpec? Asha { get; init; }
}
