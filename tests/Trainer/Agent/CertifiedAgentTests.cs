using System.Diagnostics;
using System.Text.RegularExpressions;
using Granary.Specs;
using Granary.Trainer.Collectives;
using Granary.Trainer.Tests.Collectives;
using Granary.Trainer.Tests.Runs;
using Granary.Trainer.Tests.Worker;
using Granary.V1;

namespace Granary.Trainer.Tests.Agent;

/// <summary>A trial of two ranks on two nodes: agent processes with certificates, and the workers that they start.</summary>
public sealed class CertifiedAgentTests : IDisposable
{
    private const int Ranks = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _agents = [];
    private readonly SmallRun _run = new() { Train = new TrainSpec { LearningRate = 0.05, Epochs = 2, Seed = 3 } };

    [Fact]
    public async Task StartRank_OnNodesCertifiedByOneAuthority_TrainsTheTrial()
    {
        using var authority = new CertificateFolder();
        var memory = new SiloMemory(Ranks);

        var ends = await RunAsync(memory, rank => authority.Node($"node-{rank}"));

        Assert.All(ends, end => Assert.True(end.ExitCode == 0, end.Error));
        Assert.Equal([1, 2], memory.Epochs.Select(report => report.Epoch));
    }

    [Fact]
    public async Task StartRank_OnANodeCertifiedByAnotherAuthority_FailsNamingRankAndNode()
    {
        using var authority = new CertificateFolder();
        using var other = new CertificateFolder();
        var memory = new SiloMemory(Ranks);

        // As a trial does, the test ends the other rank when one has failed.
        var first = await RunAsync(memory, rank => (rank == 0 ? authority : other).Node($"node-{rank}"), untilOne: true);

        var end = Assert.Single(first);
        var (rank, peer) = (end.Id.Rank, 1 - end.Id.Rank);
        Assert.Equal(1, end.ExitCode);
        Assert.Matches(
            new Regex($"Rank {peer} on node-{peer} at 127.0.0.1:[0-9]+ and rank {rank} do not trust each other's certificates"), end.Error);
        Assert.Empty(memory.Epochs);
    }

    public void Dispose()
    {
        foreach (var agent in _agents)
        {
            if (!agent.HasExited) agent.Kill();
            agent.Dispose();
        }

        _run.Dispose();
        _folder.Dispose();
    }

    private async Task<RankExited[]> RunAsync(SiloMemory memory, Func<int, RingCertificates> certificates, bool untilOne = false)
    {
        List<FakeSilo> silos = [];
        try
        {
            for (var rank = 0; rank < Ranks; rank++)
            {
                silos.Add(await FakeSilo.StartAsync(SiloFile(rank), memory: memory));
                _agents.Add(StartAgent(rank, certificates(rank)));
            }

            Task<RankExited>[] ends = [.. silos.Select((silo, rank) => RunRankAsync(silo, rank))];
            return untilOne ? [await await Task.WhenAny(ends)] : await Task.WhenAll(ends);
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
        }
    }

    private async Task<RankExited> RunRankAsync(FakeSilo silo, int rank)
    {
        await silo.HelloAsync();
        var id = new RankId { Trial = "sweep/0001", Attempt = 1, Rank = rank };
        var start = new StartRank { Id = id, WorldSize = Ranks, Device = "cpu:0", Run = RunSpecJson.Write(_run.Spec), Secret = "s3cret" };
        await silo.SendAsync(new AgentCommand { StartRank = start });
        return await silo.ExitedAsync();
    }

    private Process StartAgent(int rank, RingCertificates files)
    {
        string[] arguments =
        [
            "agent", "--silo-file", SiloFile(rank), "--node", $"node-{rank}", "--devices", "cpu:1", "--work", _folder.File($"work-{rank}"),
            "--ring-certificate", files.Certificate, "--ring-key", files.Key, "--ring-authority", files.Authority,
        ];
        return Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "granary-trainer"), arguments))!;
    }

    private string SiloFile(int rank) => _folder.File($"silo-{rank}.json");
}
