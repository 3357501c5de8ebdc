using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>What came of an event.</summary>
/// <param name="State">The trial since then; the same object when nothing changed.</param>
/// <param name="Effects">What must be told to others once <paramref name="State"/> is stored, in order.</param>
public sealed record TrialStep(TrialMachineState State, IReadOnlyList<TrialEffect> Effects)
{
    /// <summary>The answer to an epoch report; null for other events.</summary>
    public EpochDirective? Directive { get; init; }

    /// <summary>Why the speaker was refused: its attempt is not, or no longer, the current one. Null when it was heard.</summary>
    public string? Refusal { get; init; }
}
