namespace Granary.Contracts.Tests.Orleans;

/// <summary>Objects of the silo that grains call: an agent's stream, a watcher.</summary>
public sealed class ObserverTests(OrleansCluster cluster) : IClassFixture<OrleansCluster>
{
    /// <summary>Relied on by src/Grains/Pools/NodeGrain.Effects.cs: an awaited command has been taken when the call returns.</summary>
    [Fact]
    public async Task Observer_OfTheSilo_HasTakenACallWhenItReturns()
    {
        var observer = new LabObserver();
        ILabObserver reference = cluster.Grains.CreateObjectReference<ILabObserver>(observer);

        await cluster.Grains.GetGrain<ILabGrain>("observed").TellAsync(reference, 50);

        Assert.Equal(Enumerable.Range(0, 50), observer.Told);
        cluster.Grains.DeleteObjectReference<ILabObserver>(reference);
    }

    /// <summary>
    /// Relied on by the observers of src/Abstractions, which therefore bound each call: a message to an object that is no longer there is
    /// dropped, and nothing but the method's own timeout, or the 30 seconds of all calls, ends the wait for its answer.
    /// </summary>
    [Fact]
    public async Task Observer_AfterItsDeletion_FailsTheCallWhenTheMethodsTimeoutHasPassed()
    {
        var observer = new LabObserver();
        ILabObserver reference = cluster.Grains.CreateObjectReference<ILabObserver>(observer);
        cluster.Grains.DeleteObjectReference<ILabObserver>(reference);

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(
            () => cluster.Grains.GetGrain<ILabGrain>("deleted").TellAsync(reference, 1).WaitAsync(Eventually.Patience));

        Assert.Contains("00:00:01", error.Message, StringComparison.Ordinal);
        Assert.Empty(observer.Told);
    }
}
