namespace Granary.Pools;

/// <summary>A gang's devices.</summary>
/// <param name="Attempt">The attempt that holds them.</param>
/// <param name="Devices">One per rank, in order of rank.</param>
[GenerateSerializer, Immutable, Alias("granary.Placement")]
public sealed record Placement([property: Id(0)] AttemptId Attempt, [property: Id(1)] IReadOnlyList<DeviceId> Devices);
