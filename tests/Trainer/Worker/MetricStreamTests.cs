using Granary.Trainer.Link;
using Granary.Trainer.Worker;
using Granary.V1;

namespace Granary.Trainer.Tests.Worker;

public sealed class MetricStreamTests
{
    private static readonly RankId Rank = new() { Trial = "sweep/0001", Attempt = 1, Rank = 0 };

    [Fact]
    public async Task Add_SiloAway_KeepsTheNewestAndCountsTheRest()
    {
        using var folder = new TemporaryFolder();
        var siloFile = folder.File("silo.json");
        using var link = new SiloLink(new SiloLocation(null, siloFile));
        SiloMemory memory;
        await using (var stream = new MetricStream(Rank, link, TimeProvider.System, seed: 1))
        {
            for (var step = 1; step <= 10_000; step++) stream.Add(new StepMetrics { Step = step });
            Assert.InRange(stream.Dropped, 10_000 - 4096 - 256, 10_000 - 4096);
            await using var silo = await WorkerSilo.StartAsync(siloFile);
            memory = silo.Memory;
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!memory.Steps.ContainsKey(10_000)) await Task.Delay(20, deadline.Token);
            Assert.Equal(10_000 - stream.Dropped, memory.Steps.Count);
        }

        Assert.Contains(9_000L, memory.Steps.Keys);
    }

    [Fact]
    public async Task DisposeAsync_StepsQueued_SendsThem()
    {
        using var folder = new TemporaryFolder();
        var siloFile = folder.File("silo.json");
        await using var silo = await WorkerSilo.StartAsync(siloFile);
        using var link = new SiloLink(new SiloLocation(null, siloFile));

        await using (var stream = new MetricStream(Rank, link, TimeProvider.System, seed: 1))
        {
            for (var step = 1; step <= 10; step++) stream.Add(new StepMetrics { Step = step });
        }

        Assert.Equal(10, silo.Memory.Steps.Count);
    }
}
