namespace Granary.Conformance.Orleans.Tests;

[GenerateSerializer]
public enum Color : byte
{
    Red = 1,
    Blue = 200,
}
