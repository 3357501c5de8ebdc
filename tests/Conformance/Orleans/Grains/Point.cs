namespace Granary.Conformance.Orleans.Tests;

[GenerateSerializer]
public readonly record struct Point(int X, int Y);
