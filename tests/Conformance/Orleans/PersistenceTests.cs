using Orleans.Storage;

namespace Granary.Conformance.Orleans.Tests;

/// <summary>Expected behaviour: Orleans 10.2's documentation of grain persistence, and its stale-ETag exception as measured.</summary>
[Collection(ClusterCollection.Name)]
public sealed class PersistenceTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task State_Written_IsReadByTheNextActivation(bool remote)
    {
        var grain = cluster.Factory(remote).GetGrain<IStateGrain>($"written-{remote}");
        Assert.Equal((5, false, null), await grain.GetAsync());
        await grain.SetAsync(17);
        string first = await grain.GetActivationAsync();
        await grain.DeactivateAsync();
        var (value, exists, etag) = await grain.GetAsync();
        Assert.NotEqual(first, await grain.GetActivationAsync());
        Assert.Equal((17, true), (value, exists));
        Assert.NotNull(etag);
    }

    [Fact]
    public async Task State_Cleared_IsNewAgain()
    {
        var grain = cluster.Silo.Grains.GetGrain<IStateGrain>("cleared");
        await grain.SetAsync(1);
        await grain.ClearAsync();
        Assert.Equal((5, false, null), await grain.GetAsync());
        await grain.SetAsync(2);
        Assert.Equal(2, (await grain.GetAsync()).Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_WithAStaleEtag_FailsAndEndsTheActivation(bool remote)
    {
        var grain = cluster.Factory(remote).GetGrain<IStateGrain>($"stale-{remote}");
        await grain.SetAsync(1);
        string first = await grain.GetActivationAsync();
        await grain.WriteBehindAsync(2);
        var stale = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.SetAsync(3));
        Assert.NotEqual(stale.StoredEtag, stale.CurrentEtag);
        Assert.Equal(2, (await grain.GetAsync()).Value);
        Assert.NotEqual(first, await grain.GetActivationAsync());
    }

    [Fact]
    public async Task Write_AfterReadingAgain_Succeeds()
    {
        var grain = cluster.Silo.Grains.GetGrain<IStateGrain>("reread");
        await grain.SetAsync(1);
        await grain.WriteBehindAsync(2);
        await grain.ReadAsync();
        await grain.SetAsync(3);
        Assert.Equal(3, (await grain.GetAsync()).Value);
    }
}
