namespace Granary.Benchmarks.Orleans;

[GenerateSerializer]
public sealed class BenchState
{
    [Id(0)]
    public int Value { get; set; }

    [Id(1)]
    public string Name { get; set; } = "state";
}
