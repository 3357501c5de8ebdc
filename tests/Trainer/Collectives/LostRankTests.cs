using Granary.Trainer.Tools.Bench;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>Each rank in turn is lost in the middle of a bucket; ranks are processes.</summary>
public sealed class LostRankTests
{
    [Theory]
    [InlineData(BenchLane.SharedMemory, Fault.Kill, 0)]
    [InlineData(BenchLane.Grpc, Fault.Kill, 1)]
    [InlineData(BenchLane.Grpc, Fault.Kill, 2)]
    [InlineData(BenchLane.Grpc, Fault.Freeze, 0)]
    [InlineData(BenchLane.SharedMemory, Fault.Freeze, 1)]
    [InlineData(BenchLane.Grpc, Fault.Freeze, 2)]
    [InlineData(BenchLane.Grpc, Fault.Cut, 0)]
    [InlineData(BenchLane.Grpc, Fault.Cut, 1)]
    [InlineData(BenchLane.SharedMemory, Fault.Cut, 2)]
    public async Task AllReduce_RankLost_OthersLeaveNamingIt(string lane, Fault fault, int lost)
    {
        using var gang = await RankGang.StartAsync(3, lane);

        gang.Lose(lost, fault);

        foreach (var other in Enumerable.Range(0, 3).Where(rank => rank != lost))
        {
            // Well below the two minutes for which a silent but living rank is waited for.
            var (code, error) = await gang.EndAsync(other);
            Assert.True(code != 0, error);
            Assert.True(error.Contains($"Rank {lost} ", StringComparison.Ordinal), error);
            Assert.True(error.Contains(", 67108864 bytes)", StringComparison.Ordinal), error);
        }
    }
}
