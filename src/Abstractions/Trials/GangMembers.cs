namespace Granary.Trials;

/// <summary>Where the ranks of a gang listen, as far as they have joined.</summary>
/// <param name="Endpoints">
/// host:port of each rank's Collective service for <paramref name="Ring"/>, in order of rank; null for a rank that has not joined it.
/// </param>
/// <param name="Nodes">The node of each rank, in order of rank.</param>
/// <param name="Ring">The ring that the ranks form, from 0: another after one of them was lost.</param>
[GenerateSerializer, Immutable, Alias("granary.GangMembers")]
public sealed record GangMembers(
    [property: Id(0)] IReadOnlyList<string?> Endpoints, [property: Id(1)] IReadOnlyList<string> Nodes, [property: Id(2)] int Ring)
{
    /// <summary>All ranks have joined.</summary>
    public bool Complete => Endpoints.All(endpoint => endpoint is not null);
}
