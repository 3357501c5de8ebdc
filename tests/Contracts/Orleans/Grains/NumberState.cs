namespace Granary.Contracts.Tests.Orleans;

[GenerateSerializer]
public sealed record NumberState
{
    [Id(0)]
    public int Value { get; init; }
}
