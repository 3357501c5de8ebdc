namespace Granary.Conformance.Orleans.Tests;

[GenerateSerializer]
public sealed class NumberedException(string message, int number) : Exception(message)
{
    [Id(0)]
    public int Number { get; } = number;
}
