namespace Granary.Benchmarks.Engine;

/// <summary>About as large as a trial's state.</summary>
[GenerateSerializer]
public sealed class BenchState
{
    [Id(0)]
    public int Value { get; set; }

    [Id(1)]
    public string Text { get; set; } = new('x', 2_000);
}
