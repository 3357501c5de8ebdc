using Granary.Trainer.Tools.Bench;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>Ranks on hosts of their own, with nothing between them but a network.</summary>
public sealed class SeparateHostsTests
{
    [SeparateHostsFact]
    public async Task AllReduce_ThreeHosts_GivesTheMean()
    {
        using var hosts = await SwitchedHosts.StartAsync(3);
        await using var gang = await RankGang.StartAsync(hosts, 3, [1 << 10, 4 << 20]);

        // A rank that finds a wrong mean ends with an error.
        foreach (var bytes in new[] { 1 << 10, 4 << 20 })
        {
            var result = BenchResult.FromJson(await gang.LineAsync(0))!;
            Assert.Equal((BenchLane.Grpc, 3, bytes), (result.Lane, result.Ranks, result.Bytes));
        }

        for (var rank = 0; rank < 3; rank++)
        {
            var (code, error) = await gang.EndAsync(rank);
            Assert.True(code == 0, error);
        }
    }

    // Unlike a relay's end, a pulled cable acknowledges nothing: what was sent is sent again and again, and new connections get no answer.
    [SeparateHostsFact]
    public async Task AllReduce_CablePulled_OthersLeaveNamingThatRank()
    {
        using var hosts = await SwitchedHosts.StartAsync(3);
        await using var gang = await RankGang.StartAsync(hosts, 3, [8 << 10, .. Enumerable.Repeat(64 << 20, 20)]);
        // The result of the small ones: the large ones have begun.
        await gang.LineAsync(0);

        await hosts.UnplugAsync(1);

        foreach (var other in new[] { 0, 2 })
        {
            var (code, error) = await gang.EndAsync(other);
            Assert.True(code != 0, error);
            Assert.Contains($"Rank 1 at {SwitchedHosts.Address(1)}:", error, StringComparison.Ordinal);
            Assert.EndsWith(", 67108864 bytes)", error, StringComparison.Ordinal);
        }

        // Whoever is out of reach does not stay either.
        Assert.NotEqual(0, (await gang.EndAsync(1)).Code);
    }
}
