using System.Collections.Immutable;

namespace Granary.Conformance.Orleans.Tests;

[GenerateSerializer, Alias("conformance.Payload")]
public sealed class Payload
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public List<int> Numbers { get; set; } = [];

    [Id(2)]
    public Dictionary<string, Shape> Shapes { get; set; } = [];

    [Id(3)]
    public Color? Color { get; set; }

    [Id(4)]
    public ImmutableArray<Point> Points { get; set; } = [];

    [Id(5)]
    public (DateTimeOffset At, TimeSpan For, Guid Id) Moment { get; set; }

    [Id(6)]
    public Payload? Next { get; set; }

    [Id(7)]
    public IReadOnlyList<string?> Words { get; set; } = Array.Empty<string>();

    [Id(8)]
    public double[][] Rows { get; set; } = [];

    public string NotNumbered { get; set; } = "unset";
}
