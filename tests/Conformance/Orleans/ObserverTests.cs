namespace Granary.Conformance.Orleans.Tests;

[Collection(ClusterCollection.Name)]
public sealed class ObserverTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Observer_OfClientOrSilo_IsToldAndAsked(bool remote)
    {
        var factory = cluster.Factory(remote);
        var observer = new LabObserver();
        var reference = factory.CreateObjectReference<ILabObserver>(observer);
        var grain = factory.GetGrain<ILabGrain>($"observed-{remote}");
        await grain.SubscribeAsync(reference);

        for (int i = 0; i < 20; i++)
            await grain.NotifyAsync($"news {i}");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"news {i}"), observer.Told);
        Assert.Equal("why!", await grain.AskAsync("why"));
        Assert.Equal("will not say", (await Assert.ThrowsAsync<InvalidOperationException>(() => grain.AskAsync("fail"))).Message);
        GC.KeepAlive(observer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Observer_AfterItsDeletion_IsNotReached(bool remote)
    {
        var factory = cluster.Factory(remote);
        var observer = new LabObserver();
        var reference = factory.CreateObjectReference<ILabObserver>(observer);
        var grain = factory.GetGrain<ILabGrain>($"deleted-{remote}");
        await grain.SubscribeAsync(reference);
        factory.DeleteObjectReference<ILabObserver>(reference);
        await Assert.ThrowsAnyAsync<Exception>(() => grain.NotifyAsync("late"));
        Assert.Empty(observer.Told);
    }

    [Fact]
    public async Task Observer_WhoseClientHasGone_FailsTheCall()
    {
        var client = await TestClient.StartAsync(cluster.Silo.GatewayPort);
        var observer = new LabObserver();
        var grain = client.Grains.GetGrain<ILabGrain>("gone");
        await grain.SubscribeAsync(client.Grains.CreateObjectReference<ILabObserver>(observer));
        await grain.NotifyAsync("here");
        await client.DisposeAsync();
        var seen = cluster.Silo.Grains.GetGrain<ILabGrain>("gone");
        await Eventually.TrueAsync(
            async () => await Record.ExceptionAsync(() => seen.NotifyAsync("there")) is not null, "the silo knows that the client has gone");
        Assert.Equal("here", Assert.Single(observer.Told));
    }
}
