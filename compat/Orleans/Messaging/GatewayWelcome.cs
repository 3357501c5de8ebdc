namespace Orleans.Runtime;

/// <summary>What a gateway answers.</summary>
/// <param name="Refusal">Why the client is refused; null when it is welcome.</param>
/// <param name="Implementations">The grain classes by interface.</param>
[GenerateSerializer]
internal sealed record GatewayWelcome([property: Id(0)] string? Refusal, [property: Id(1)] Dictionary<string, GrainImplementation[]> Implementations);
