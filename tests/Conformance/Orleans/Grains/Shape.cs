namespace Granary.Conformance.Orleans.Tests;

[GenerateSerializer]
public abstract record Shape
{
    [Id(0)]
    public required string Name { get; init; }
}
