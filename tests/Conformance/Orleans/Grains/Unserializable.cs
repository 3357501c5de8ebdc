namespace Granary.Conformance.Orleans.Tests;

public sealed class Unserializable
{
    public int Value { get; set; }
}
