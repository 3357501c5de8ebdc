using Granary.Trials;

namespace Granary.Grains.Sweeps;

/// <summary>A trial in its sweep's ledger.</summary>
/// <param name="Snapshot">The trial as it told last.</param>
/// <param name="Owed">What it has to be told.</param>
[GenerateSerializer, Immutable, Alias("granary.SweepTrial")]
internal sealed record SweepTrial([property: Id(0)] TrialSnapshot Snapshot, [property: Id(1)] TrialCommand Owed)
{
    public int Number => Snapshot.Definition.Id.Number;

    public bool IsFinished => Snapshot.State is TrialState.Succeeded or TrialState.Stopped or TrialState.Failed;
}
