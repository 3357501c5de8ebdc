using Granary.Grains.Scheduling;
using Granary.Trials;

namespace Granary.Grains.Sweeps;

/// <summary>A report at a rung and the scheduler's answer, kept so that a repeated report gets the same answer.</summary>
/// <param name="Report">The report.</param>
/// <param name="Directive">The answer.</param>
[GenerateSerializer, Immutable, Alias("granary.RungVerdict")]
internal sealed record RungVerdict([property: Id(0)] RungReport Report, [property: Id(1)] EpochDirective Directive);
