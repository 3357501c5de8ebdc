namespace Granary.Trials;

/// <summary>How a trial goes on after an epoch, and why.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why, in words; empty for <see cref="EpochAction.Continue"/>.</param>
[GenerateSerializer, Immutable, Alias("granary.EpochDirective")]
public sealed record EpochDirective([property: Id(0)] EpochAction Action, [property: Id(1)] string Reason);
