using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Granary.Conformance.TorchSharp.Tests;

public sealed class MemoryTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Training_ThousandsOfSteps_LeavesMemoryFlat()
    {
        using var net = nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 10));
        using SGD optimizer = optim.SGD(net.parameters(), 0.01, momentum: 0.9);
        using Tensor x = randn([16, 1, 8, 8]), y = randint(10, [16]);
        Train(net, optimizer, x, y, 1_000);
        long before = Resident();

        Train(net, optimizer, x, y, 9_000);

        // A leaked activation of the first layer alone would be 9,000 x 9 KB = 81 MB; the runtime's own heaps settle within 30 MB.
        Assert.InRange(Resident() - before, long.MinValue, 40 * Megabyte);
    }

    [Fact]
    public void ForgottenTensors_ManyMegabytes_AreCollected()
    {
        // Without the collector knowing of native memory, 4 GB would be held at the end.
        for (int i = 0; i < 1_000; i++) zeros([1024, 1024]).fill_(1);

        Assert.InRange(Resident(), 0, 2_500 * Megabyte);
    }

    private static void Train(Sequential net, SGD optimizer, Tensor x, Tensor y, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            net.zero_grad();
            F.cross_entropy(net.call(x), y).backward();
            optimizer.step();
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
