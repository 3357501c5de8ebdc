using Granary.Trials;

namespace Granary.Sweeps;

/// <summary>A sweep with its trials.</summary>
/// <param name="Summary">The sweep in one row.</param>
/// <param name="Trials">Its trials, in order of number.</param>
/// <param name="File">The sweep file's text.</param>
[GenerateSerializer, Immutable, Alias("granary.SweepSnapshot")]
public sealed record SweepSnapshot(
    [property: Id(0)] SweepSummary Summary,
    [property: Id(1)] IReadOnlyList<TrialSnapshot> Trials,
    [property: Id(2)] string File);
