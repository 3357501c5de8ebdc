namespace Granary.Silo.Tests.Rpc;

/// <summary>Sweep files for tests.</summary>
internal static class SweepFiles
{
    /// <summary>One trial per learning rate, on a pool of its own.</summary>
    public static string Grid(string name, int trials, int epochs = 1, int devices = 1) => $$"""
        name: {{name}}
        data: { set: fashion-mnist, batch: 64, limit: 640 }
        model: lenet-relu
        train: { epochs: {{epochs}}, optimizer: sgd }
        search:
          algorithm: grid
          space:
            lr: [{{string.Join(", ", Enumerable.Range(1, trials).Select(i => $"0.0{i}"))}}]
          objective: { maximize: valid-accuracy }
        resources: { devices: {{devices}}, pool: {{name}} }
        """;
}
