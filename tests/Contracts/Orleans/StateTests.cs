using Orleans.Storage;

namespace Granary.Contracts.Tests.Orleans;

/// <summary>What a grain's state does, whatever keeps it.</summary>
public sealed class StateTests(OrleansCluster cluster) : IClassFixture<OrleansCluster>
{
    /// <summary>Relied on by src/Grains/Durability/GrainStore.cs, which replaces the whole state, and by our storages' ETags.</summary>
    [Fact]
    public async Task State_Written_HasANewETagAndIsReadByTheNextActivation()
    {
        IStateGrain grain = cluster.Grains.GetGrain<IStateGrain>("written");
        StateView empty = await grain.GetAsync();
        StateView first = await grain.SetAsync(1);
        StateView second = await grain.SetAsync(2);
        await grain.DeactivateAsync();

        StateView after = await grain.GetAsync();

        Assert.Equal((0, false, null), (empty.Value, empty.Exists, empty.ETag));
        Assert.NotNull(first.ETag);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.NotEqual(second.Activation, after.Activation);
        Assert.Equal(second with { Activation = "" }, after with { Activation = "" });
    }

    /// <summary>Relied on by GrainStore, which ends the activation after a failed write, and by src/Silo/Wire/RpcFaults.cs.</summary>
    [Fact]
    public async Task Write_WithAStaleETag_FailsAndTheNextActivationReadsWhatIsStored()
    {
        IStateGrain grain = cluster.Grains.GetGrain<IStateGrain>("stale");
        StateView first = await grain.SetAsync(1);
        await grain.WriteBehindAsync(2);

        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => grain.SetAsync(3));

        StateView after = await grain.GetAsync();
        Assert.Equal(2, after.Value);
        Assert.NotEqual(first.Activation, after.Activation);
    }
}
