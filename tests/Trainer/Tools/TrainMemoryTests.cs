using System.Diagnostics;
using System.Globalization;

namespace Granary.Trainer.Tests.Tools;

public sealed class TrainMemoryTests
{
    // 200 pictures in batches of 4 make 50 steps an epoch, so step 100 has seen what an epoch's end needs. The first convolution's output alone,
    // kept once a step, would be 65 MB after 1,000; compiled code and the collector's heap grow by some 10 MB until step 400, and then no more.
    [Fact]
    public async Task Train_AThousandStepsOfResNet18_LeaveMemoryWhereStep100LeftIt()
    {
        using var harness = new TrainHarness(epochs: 1);
        await File.WriteAllTextAsync(harness.RunFile, """
            name: memory
            model: { name: resnet18, width: 1/4 }
            data: { set: synthetic, limit: 200, batch: 4 }
            train: { epochs: 21, lr: 0.01, momentum: 0.9, ema: 0.99, clip-norm: 5 }
            """);
        Process process = harness.Start("memory", "--json");
        await TrainHarness.AwaitEpochsAsync(process, 2);
        long after100 = ResidentKilobytes(process);

        for (int epoch = 3; epoch <= 20; epoch++)
            await TrainHarness.AwaitEpochsAsync(process, 1);
        long after1000 = ResidentKilobytes(process);

        Assert.Equal(0, (await TrainHarness.EndAsync(process)).Code);
        Assert.InRange(after1000 - after100, long.MinValue, 24 * 1024);
    }

    // Native and managed memory alike: what the process holds of the machine's.
    private static long ResidentKilobytes(Process process)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
