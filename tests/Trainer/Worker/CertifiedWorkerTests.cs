using System.Text.RegularExpressions;
using Granary.Trainer.Tests.Collectives;

namespace Granary.Trainer.Tests.Worker;

/// <summary>Two ranks, each a worker process with a certificate of its node.</summary>
public sealed class CertifiedWorkerTests
{
    [Fact]
    public async Task Workers_CertifiedByOneAuthority_TrainAsWithoutCertificates()
    {
        using var authority = new CertificateFolder();
        using var plain = new WorkerHarness(epochs: 2);
        await using var plainSilo = await WorkerSilo.StartAsync(plain.SiloFile, new SiloMemory(2));
        Assert.All(await RunAsync(plain), end => Assert.True(end.Code == 0, end.Error));

        using var harness = new WorkerHarness(epochs: 2) { Certificates = rank => authority.Node($"node-{rank}") };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory(2));
        Assert.All(await RunAsync(harness), end => Assert.True(end.Code == 0, end.Error));

        Assert.Equal(
            plainSilo.Memory.Epochs.Select(report => report.Checkpoint.Weights), silo.Memory.Epochs.Select(report => report.Checkpoint.Weights));
    }

    [Fact]
    public async Task Workers_OneReplaced_ShowTheirCertificatesInTheNextRingToo()
    {
        using var authority = new CertificateFolder();
        using var harness = new WorkerHarness(epochs: 4) { Certificates = rank => authority.Node($"node-{rank}") };
        var memory = new SiloMemory(2) { SilentFrom = 2 };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, memory);
        var ranks = harness.StartGang(2);
        Assert.True(await memory.Ignored.WaitAsync(TimeSpan.FromMinutes(1)));

        ranks[1].Kill();
        var asked = await memory.Meeting.AskedAsync(rank: 0, after: 0);
        memory.Meeting.Replace(rank: 1, start: 1);
        ranks[1] = harness.Replace(1, 2, start: 1, asked.Ring);
        memory.SilentFrom = int.MaxValue;

        Assert.All(await Task.WhenAll(ranks.Select(WorkerHarness.EndAsync)), end => Assert.True(end.Code == 0, end.Error));
        Assert.Equal([1, 2, 3, 4], memory.Epochs.Select(report => report.Epoch));
    }

    [Fact]
    public async Task Workers_CertifiedByTwoAuthorities_EndNamingRankAndNode()
    {
        using var authority = new CertificateFolder();
        using var other = new CertificateFolder();
        using var harness = new WorkerHarness(epochs: 2) { Certificates = rank => (rank == 0 ? authority : other).Node($"node-{rank}") };
        await using var silo = await WorkerSilo.StartAsync(harness.SiloFile, new SiloMemory(2));

        var ends = await RunAsync(harness);

        Assert.All(ends, end => Assert.Equal(1, end.Code));
        // The rank that notices first is gone when the other one calls it.
        Assert.Contains(ends.Index(), end => Regex.IsMatch(
            end.Item.Error,
            $"Rank {1 - end.Index} on node-{1 - end.Index} at 127.0.0.1:[0-9]+ and rank {end.Index} do not trust each other's certificates"));
        Assert.Empty(silo.Memory.Epochs);
    }

    private static Task<(int Code, string Error)[]> RunAsync(WorkerHarness harness) =>
        Task.WhenAll(Enumerable.Range(0, 2).Select(rank => WorkerHarness.EndAsync(harness.Start(rank, 2))));
}
