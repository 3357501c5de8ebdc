namespace Granary.Pools;

/// <summary>A trial asks for devices: all of a gang or nothing.</summary>
/// <param name="Attempt">The attempt that will hold them.</param>
/// <param name="MinDevices">Ranks at least.</param>
/// <param name="MaxDevices">Ranks at most.</param>
/// <param name="Priority">Greater goes first.</param>
[GenerateSerializer, Immutable, Alias("granary.GangRequest")]
public sealed record GangRequest(
    [property: Id(0)] AttemptId Attempt,
    [property: Id(1)] int MinDevices,
    [property: Id(2)] int MaxDevices,
    [property: Id(3)] int Priority);
