namespace Granary.Contracts.Tests.Orleans;

/// <summary>What a caller hears when a grain fails.</summary>
public sealed class ErrorTests(OrleansCluster cluster) : IClassFixture<OrleansCluster>
{
    /// <summary>Relied on by src/Silo/Wire/RpcFaults.cs, which chooses a status by the exception's type.</summary>
    [Fact]
    public async Task Exceptions_OfAGrain_ReachTheCallerAsTheyAre()
    {
        ILabGrain grain = cluster.Grains.GetGrain<ILabGrain>("fails");

        LabException own = await Assert.ThrowsAsync<LabException>(() => grain.FailAsync("own"));
        ArgumentException argument = await Assert.ThrowsAsync<ArgumentException>(() => grain.FailAsync("argument"));
        KeyNotFoundException missing = await Assert.ThrowsAsync<KeyNotFoundException>(() => grain.FailAsync("missing"));

        Assert.Equal(("of our own", 17), (own.Message, own.Code));
        Assert.Equal(("no such thing", "not here"), (argument.Message, missing.Message));
    }

    /// <summary>Relied on by src/Silo/Storage/SqliteGrainStorage.cs: a state that cannot be read is told with its file's name.</summary>
    [Fact]
    public async Task Exceptions_OfAnActivation_ReachTheCallerAsTheyAre()
    {
        ILabGrain grain = cluster.Grains.GetGrain<ILabGrain>("broken");

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(grain.LookAsync);

        Assert.Equal("cannot wake", error.Message);
    }
}
