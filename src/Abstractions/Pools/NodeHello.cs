namespace Granary.Pools;

/// <summary>An agent introduces its node.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Session">Drawn once by the agent process: tells a reconnect from a new agent.</param>
/// <param name="Pool">The pool its devices belong to.</param>
/// <param name="Devices">Its devices.</param>
/// <param name="Running">Its workers that run right now.</param>
[GenerateSerializer, Immutable, Alias("granary.NodeHello")]
public sealed record NodeHello(
    [property: Id(0)] string Node,
    [property: Id(1)] string Session,
    [property: Id(2)] string Pool,
    [property: Id(3)] IReadOnlyList<NodeDevice> Devices,
    [property: Id(4)] IReadOnlyList<RankId> Running);
