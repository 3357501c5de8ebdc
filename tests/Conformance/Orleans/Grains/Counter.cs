namespace Granary.Conformance.Orleans.Tests;

[GenerateSerializer]
public sealed record Counter
{
    [Id(0)]
    public int Value { get; set; } = 5;
}
