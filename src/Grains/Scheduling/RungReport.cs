namespace Granary.Grains.Scheduling;

/// <summary>What a trial showed at a rung.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Epoch">Epochs completed: the rung.</param>
/// <param name="Value">The objective's value; NaN counts as worst.</param>
[GenerateSerializer, Immutable, Alias("granary.RungReport")]
public sealed record RungReport([property: Id(0)] int Trial, [property: Id(1)] int Epoch, [property: Id(2)] double Value);
