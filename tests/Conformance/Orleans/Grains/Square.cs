namespace Granary.Conformance.Orleans.Tests;

[GenerateSerializer]
public sealed record Square([property: Id(0)] decimal Side) : Shape;
