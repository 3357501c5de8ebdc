namespace Granary.Contracts.Tests.Orleans;

/// <summary>Which work of a grain may lie between which.</summary>
public sealed class TurnTests(OrleansCluster cluster) : IClassFixture<OrleansCluster>
{
    /// <summary>Relied on by src/Grains/Pools/NodeGrain.cs: an attach, a heartbeat and an exit of one session count in that order.</summary>
    [Fact]
    public async Task Calls_OfOneCallerToAnActiveGrain_RunOneByOneInTheirOrder()
    {
        ILabGrain grain = cluster.Grains.GetGrain<ILabGrain>("order");
        await grain.LookAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(grain.AppendAsync));

        Assert.Equal(Enumerable.Range(0, 200), (await grain.LookAsync()).Appended);
    }

    /// <summary>Relied on by the Get of src/Abstractions' grains: a watcher's look does not wait for a step that waits for the disk.</summary>
    [Fact]
    public async Task AlwaysInterleave_WhileARequestIsUnderWay_RunsAndOthersWait()
    {
        ILabGrain grain = await BlockedAsync("interleave");
        Task waiting = grain.AppendAsync(1);

        LabView during = await grain.LookAsync();
        await grain.ReleaseAsync();
        await waiting;

        Assert.Empty(during.Appended);
        Assert.Equal(1, Assert.Single((await grain.LookAsync()).Appended));
    }

    /// <summary>
    /// Relied on by src/Grains/Durability/EffectPump.cs, whose runs lie between turns and ask for the next themselves, and by
    /// NodeGrain's watch, whose runs do not.
    /// </summary>
    [Fact]
    public async Task Timers_WhileARequestIsUnderWay_TickOnlyWhenTheyInterleave()
    {
        ILabGrain grain = cluster.Grains.GetGrain<ILabGrain>("timers");
        await grain.StartTimersAsync();
        await Eventually.TrueAsync(async () => (await grain.LookAsync()).Ticks > 2, "the timer ticks");
        Task blocked = grain.BlockAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => (await grain.LookAsync()).Blocked == 1, "the request is under way");
        LabView before = await grain.LookAsync();

        await Eventually.TrueAsync(
            async () => (await grain.LookAsync()).InterleavedTicks > before.InterleavedTicks + 20, "the interleaving timer ticks on");

        Assert.Equal(before.Ticks, (await grain.LookAsync()).Ticks);
        await grain.ReleaseAsync();
        await blocked;
        await Eventually.TrueAsync(async () => (await grain.LookAsync()).Ticks > before.Ticks, "the other goes on after the request");
    }

    /// <summary>Relied on by src/Silo/Rpc/RpcCalls.cs: whoever hangs up ends the grain's work for it, and is answered at once.</summary>
    [Fact]
    public async Task Cancellation_OfACallUnderWay_ReachesTheGrain()
    {
        ILabGrain grain = cluster.Grains.GetGrain<ILabGrain>("cancel");
        using var stop = new CancellationTokenSource();
        Task blocked = grain.BlockAsync(stop.Token);
        await Eventually.TrueAsync(async () => (await grain.LookAsync()).Blocked == 1, "the request is under way");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocked.WaitAsync(Eventually.Patience));
        await Eventually.TrueAsync(async () => (await grain.LookAsync()).Blocked == 0, "the grain has been told");
    }

    private async Task<ILabGrain> BlockedAsync(string key)
    {
        ILabGrain grain = cluster.Grains.GetGrain<ILabGrain>(key);
        _ = grain.BlockAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => (await grain.LookAsync()).Blocked == 1, "the request is under way");
        return grain;
    }
}
