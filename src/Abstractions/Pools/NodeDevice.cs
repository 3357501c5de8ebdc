namespace Granary.Pools;

/// <summary>A device that a node offers.</summary>
/// <param name="Local">Its id on the node: <c>cuda:0</c>, <c>cpu:1</c>.</param>
/// <param name="Name">What it is, such as <c>NVIDIA H200</c>.</param>
/// <param name="MemoryBytes">Its memory.</param>
[GenerateSerializer, Immutable, Alias("granary.NodeDevice")]
public sealed record NodeDevice([property: Id(0)] string Local, [property: Id(1)] string Name, [property: Id(2)] long MemoryBytes);
