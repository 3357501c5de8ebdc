namespace Granary.Contracts.Tests.Orleans;

[GenerateSerializer]
public sealed record LabView(
    [property: Id(0)] int[] Appended, [property: Id(1)] int Blocked, [property: Id(2)] int Ticks, [property: Id(3)] int InterleavedTicks);
