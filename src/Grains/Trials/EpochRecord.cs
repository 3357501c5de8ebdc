using Granary.Trials;

namespace Granary.Grains.Trials;

/// <summary>An epoch as it was recorded, and what was answered.</summary>
/// <param name="Attempt">The attempt that reported it.</param>
/// <param name="Result">What it gave.</param>
/// <param name="Directive">What was answered.</param>
[GenerateSerializer, Immutable, Alias("granary.EpochRecord")]
public sealed record EpochRecord(
    [property: Id(0)] int Attempt,
    [property: Id(1)] EpochResult Result,
    [property: Id(2)] EpochDirective Directive);
