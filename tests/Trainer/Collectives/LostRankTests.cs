using Granary.Trainer.Collectives;
using Granary.Trainer.Tools.Bench;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>Each rank in turn is lost, in the middle of a bucket and while the others wait at a barrier; ranks are processes.</summary>
public sealed class LostRankTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

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
        await using var gang = await RankGang.StartAsync(3, lane);

        gang.Lose(lost, fault);

        await OthersEndAsync(gang, lost, @", 67108864 bytes\)");
    }

    // One rank more is at work elsewhere, and the others wait for it: it learns of the loss without a collective. Who notices first tells
    // the others, in words that say what it was doing. Each rank is lost in a gang of its own, all at once: what they do is wait.
    [Theory]
    [InlineData(Fault.Kill, new[] { BenchLane.Grpc, BenchLane.SharedMemory, BenchLane.SharedMemory })]
    [InlineData(Fault.Freeze, new[] { BenchLane.SharedMemory, BenchLane.Grpc, BenchLane.SharedMemory })]
    [InlineData(Fault.Cut, new[] { BenchLane.SharedMemory, BenchLane.SharedMemory, BenchLane.Grpc })]
    public Task Barrier_EachRankLost_OthersLeaveNamingItAndWhoComputesKnows(Fault fault, string[] lanes) =>
        Task.WhenAll(lanes.Select((lane, lost) => LoseAtBarrierAsync(lane, fault, lost)));

    private static async Task LoseAtBarrierAsync(string lane, Fault fault, int lost)
    {
        await using var gang = await RankGang.StartAtBarrierAsync(3, lane);
        gang.Own!.Activity = "step 7";
        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var broken = gang.Own.Broken.Register(known.SetResult);

        gang.Lose(lost, fault);

        await known.Task.WaitAsync(Soon);
        Assert.Contains($"Rank {lost} ", gang.Own.Failure!.Message, StringComparison.Ordinal);
        var late = await Assert.ThrowsAsync<CollectiveException>(() => gang.Own.BarrierAsync(Soon, CancellationToken.None));
        Assert.Equal(gang.Own.Failure.Message, late.Message);
        await OthersEndAsync(gang, lost, @"\(during (barrier \d+, 0 bytes|step 7)\)$");
    }

    private static async Task OthersEndAsync(RankGang gang, int lost, string during)
    {
        foreach (var other in Enumerable.Range(0, 3).Where(rank => rank != lost))
        {
            // Well below the two minutes for which a silent but living rank is waited for.
            var (code, error) = await gang.EndAsync(other);
            Assert.True(code != 0, error);
            Assert.True(error.Contains($"Rank {lost} ", StringComparison.Ordinal), error);
            Assert.Matches(during, error);
        }
    }
}
