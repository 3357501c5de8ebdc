namespace Granary.Trials;

/// <summary>Where the ranks of a gang listen, as far as they have joined.</summary>
/// <param name="Endpoints">host:port of each rank's Collective service, in order of rank; null for a rank that has not joined.</param>
/// <param name="Nodes">The node of each rank, in order of rank.</param>
[GenerateSerializer, Immutable, Alias("granary.GangMembers")]
public sealed record GangMembers([property: Id(0)] IReadOnlyList<string?> Endpoints, [property: Id(1)] IReadOnlyList<string> Nodes)
{
    /// <summary>All ranks have joined.</summary>
    public bool Complete => Endpoints.All(endpoint => endpoint is not null);
}
