using Granary.Sweeps;

namespace Granary.Grains.Sweeps;

/// <summary>What a sweep keeps.</summary>
[GenerateSerializer, Immutable, Alias("granary.SweepGrainState")]
internal sealed record SweepGrainState
{
    /// <summary>What it is made from; null before it is created.</summary>
    [Id(0)] public SweepDefinition? Definition { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(1)] public SweepState State { get; init; } = SweepState.Running;

    /// <summary>Why it stopped or failed; empty otherwise.</summary>
    [Id(2)] public string Reason { get; init; } = "";

    /// <summary>When it ended; null before.</summary>
    [Id(3)] public DateTimeOffset? Finished { get; init; }

    /// <summary>Its trials: trial n at place n - 1.</summary>
    [Id(4)] public IReadOnlyList<SweepTrial> Trials { get; init; } = [];

    /// <summary>What the scheduler was shown at its rungs, and what it said.</summary>
    [Id(5)] public IReadOnlyList<RungVerdict> Rungs { get; init; } = [];

    /// <summary>The sweep has ended; trials may still be leaving.</summary>
    public bool IsFinished => State is SweepState.Succeeded or SweepState.Stopped or SweepState.Failed;
}
