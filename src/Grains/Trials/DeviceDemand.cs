namespace Granary.Grains.Trials;

/// <summary>The devices that a trial asks for.</summary>
/// <param name="Pool">The pool that has them.</param>
/// <param name="Min">Ranks at least.</param>
/// <param name="Max">Ranks at most.</param>
/// <param name="Priority">Greater goes first.</param>
[GenerateSerializer, Immutable, Alias("granary.DeviceDemand")]
public sealed record DeviceDemand(
    [property: Id(0)] string Pool,
    [property: Id(1)] int Min,
    [property: Id(2)] int Max,
    [property: Id(3)] int Priority);
