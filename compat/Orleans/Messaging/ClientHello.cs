namespace Orleans.Runtime;

/// <summary>What a client says first.</summary>
/// <param name="ClusterId">The cluster it wants.</param>
/// <param name="ServiceId">The service it wants.</param>
/// <param name="ClientId">Its identity, part of the ids of its observers.</param>
[GenerateSerializer]
internal sealed record ClientHello([property: Id(0)] string ClusterId, [property: Id(1)] string ServiceId, [property: Id(2)] string ClientId);
