namespace Granary.Contracts.Tests.Orleans;

[GenerateSerializer]
public sealed record StateView(
    [property: Id(0)] int Value, [property: Id(1)] bool Exists, [property: Id(2)] string? ETag, [property: Id(3)] string Activation);
