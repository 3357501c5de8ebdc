namespace Granary.Grains.Tests.Running;

internal static class SweepFiles
{
    /// <summary>A grid over learning rates 0.01, 0.02, ...: trial n has n hundredths.</summary>
    public static string Grid(int trials, int epochs = 3, string devices = "1", int retries = 2) => $$"""
        name: test
        data: { set: fashion-mnist, batch: 64 }
        model: lenet-relu
        train: { epochs: {{epochs}}, optimizer: sgd }
        search:
          algorithm: grid
          space:
            lr: [{{string.Join(", ", Enumerable.Range(1, trials).Select(number => FormattableString.Invariant($"{number / 100.0}")))}}]
          objective: { maximize: valid-accuracy }
        resources: { devices: {{devices}}, retries: {{retries}} }
        """;
}
