namespace Granary.Grains.Trials;

/// <summary>What a trial keeps.</summary>
[GenerateSerializer, Immutable, Alias("granary.TrialGrainState")]
internal sealed record TrialGrainState
{
    /// <summary>The trial; null before it is created.</summary>
    [Id(0)] public TrialMachineState? Machine { get; init; }

    /// <summary>Effects that may not have been carried out yet, in order.</summary>
    [Id(1)] public IReadOnlyList<TrialEffect> Outbox { get; init; } = [];
}
