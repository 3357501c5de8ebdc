namespace Granary.Conformance.Orleans.Tests;

/// <summary>Expected values: the grain ids of Orleans 10.2 as measured.</summary>
[Collection(ClusterCollection.Name)]
public sealed class KeyTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetGrain_EachKindOfKey_NamesTheGrain(bool remote)
    {
        var factory = cluster.Factory(remote);
        var guid = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        Assert.Equal(("integer/2A", 42), await factory.GetGrain<IIntegerGrain>(42).WhoAsync());
        Assert.Equal(("integer/FFFFFFFFFFFFFFFF", -1), await factory.GetGrain<IIntegerGrain>(-1).WhoAsync());
        Assert.Equal(("compound/7+ext", 7, "ext"), await factory.GetGrain<ICompoundGrain>(7, "ext").WhoAsync());
        Assert.Equal(("guid/00112233445566778899aabbccddeeff", guid), await factory.GetGrain<IGuidGrain>(guid).WhoAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetGrain_ImpossibleRequests_AreRefusedAtOnce(bool remote)
    {
        var factory = cluster.Factory(remote);
        Assert.Throws<ArgumentNullException>(() => factory.GetGrain<IProbeGrain>(null!));
        Assert.Throws<ArgumentException>(() => factory.GetGrain<IProbeGrain>(""));
        Assert.Throws<ArgumentException>(() => factory.GetGrain<INobodyGrain>("x"));
        Assert.Throws<ArgumentException>(() => factory.GetGrain<ITwiceGrain>("x"));
        Assert.Equal("second", await factory.GetGrain<ITwiceGrain>("x", typeof(TwiceSecondGrain).FullName).CallAsync());
    }
}
