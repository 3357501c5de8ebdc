using Orleans.Concurrency;
using Orleans.Serialization;

namespace Granary.Conformance.Orleans.Tests;

/// <summary>Expected values: the behaviour of Orleans 10.2 as measured (grain ids, copies, exceptions), or the arguments themselves.</summary>
[Collection(ClusterCollection.Name)]
public sealed class CallTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FirstCalls_HundredAtOnce_ActivateOnce(bool remote)
    {
        string key = $"once-{remote}";
        var calls = Enumerable.Range(0, 100).Select(_ => Task.Run(() => cluster.Factory(remote).GetGrain<IProbeGrain>(key).GetActivationAsync()));
        Assert.Single((await Task.WhenAll(calls)).Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_FromManyThreads_NeverInterleave(bool remote)
    {
        var grain = cluster.Factory(remote).GetGrain<IProbeGrain>($"sum-{remote}");
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => grain.AddAsync(1))));
        Assert.Equal(500, await grain.AddAsync(0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Identity_OfStringKey_IsClassNameAndKey(bool remote) =>
        Assert.Equal("probe/k1", await cluster.Factory(remote).GetGrain<IProbeGrain>("k1").GetIdentityAsync());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Arguments_MoreThanSeven_AllArrive(bool remote) =>
        Assert.Equal(45, await cluster.Factory(remote).GetGrain<IProbeGrain>("many").AddAllAsync(1, 2, 3, 4, 5, 6, 7, 8, 9));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Payload_OfManyTypes_ComesBackEqual(bool remote)
    {
        var sent = new Payload
        {
            Name = "näme",
            Numbers = [1, -2, int.MaxValue],
            Shapes = new() { ["c"] = new Circle { Name = "circle", Radius = 2.5 }, ["s"] = new Square(1.5m) { Name = "square" } },
            Color = Color.Blue,
            Points = [new(1, 2), new(-3, 4)],
            Moment = (new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), TimeSpan.FromMinutes(1), Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")),
            Next = new() { Name = "next" },
            Words = new List<string?> { "a", null, "" },
            Rows = [[1, double.NaN], []],
            NotNumbered = "set",
        };
        var echoed = await cluster.Factory(remote).GetGrain<IProbeGrain>("echo").EchoAsync(sent);

        Assert.NotSame(sent, echoed);
        Assert.Equal(sent.Name, echoed.Name);
        Assert.Equal(sent.Numbers, echoed.Numbers);
        Assert.Equal(sent.Shapes, echoed.Shapes);
        Assert.Equal(sent.Color, echoed.Color);
        Assert.Equal(sent.Points.AsEnumerable(), echoed.Points.AsEnumerable());
        Assert.Equal(sent.Moment, echoed.Moment);
        Assert.Equal(sent.Moment.At.Offset, echoed.Moment.At.Offset);
        Assert.Equal("next", echoed.Next!.Name);
        Assert.Null(echoed.Next.Color);
        Assert.Equal(sent.Words, echoed.Words);
        Assert.Equal(sent.Rows, echoed.Rows);
        Assert.Equal("unset", echoed.NotNumbered);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Payload_WithCollectionExpressions_ComesBackEqual(bool remote)
    {
        var grain = cluster.Factory(remote).GetGrain<IProbeGrain>("expressions");
        foreach (var sent in new Payload[] { new() { Words = ["one"] }, new() { Words = ["a", null, "b"] }, new() { Words = [.. Enumerable.Repeat("w", 9)] } })
            Assert.Equal(sent.Words, (await grain.EchoAsync(sent)).Words);
    }

    [Fact]
    public async Task Argument_ChangedAfterTheCall_IsNotChangedForTheGrain()
    {
        var payload = new Payload { Name = "before" };
        var grain = cluster.Silo.Grains.GetGrain<IProbeGrain>("copy");
        await grain.KeepAsync(payload);
        payload.Name = "after";
        Assert.Equal("before", await grain.GetKeptNameAsync());
    }

    [Fact]
    public async Task Argument_Immutable_IsNotCopiedInTheProcess()
    {
        var payload = new Payload();
        var grain = cluster.Silo.Grains.GetGrain<IProbeGrain>("immutable");
        await grain.KeepAsync(payload.AsImmutable());
        Assert.True(await grain.IsKeptAsync(payload.AsImmutable()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Argument_WithoutSerializer_FailsAtTheCaller(bool remote)
    {
        var grain = cluster.Factory(remote).GetGrain<IProbeGrain>("codec");
        await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.UnserializableAsync(new()));
        await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.EchoObjectAsync(new Unserializable()));
        Assert.Equal(7, await grain.EchoObjectAsync(7));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exception_OfGrain_ReachesCallerWithTypeMessageAndCause(bool remote)
    {
        var grain = cluster.Factory(remote).GetGrain<IProbeGrain>("throws");
        var plain = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.ThrowAsync("plain"));
        Assert.Equal("as asked", plain.Message);
        Assert.Equal("below", Assert.IsType<IOException>(plain.InnerException).Message);
        Assert.Contains(nameof(ProbeGrain), plain.StackTrace, StringComparison.Ordinal);

        var numbered = await Assert.ThrowsAsync<NumberedException>(() => grain.ThrowAsync("numbered"));
        Assert.Equal((42, "with a number"), (numbered.Number, numbered.Message));

        var aggregate = await Assert.ThrowsAsync<AggregateException>(() => grain.ThrowAsync("aggregate"));
        Assert.Equal(["one", "two"], aggregate.InnerExceptions.Select(e => e.Message));
    }

    [Fact]
    public async Task Exception_OfATypeTheCallerLacks_StillTellsTypeAndMessage()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Client.Grains.GetGrain<IProbeGrain>("throws").ThrowAsync("unknown"));
        Assert.Contains("OddException", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("nobody knows my type", failure.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeactivateOnIdle_NextCall_MeetsAnotherActivation(bool remote)
    {
        var grain = cluster.Factory(remote).GetGrain<IProbeGrain>($"again-{remote}");
        string first = await grain.GetActivationAsync();
        await grain.DeactivateAsync();
        Assert.NotEqual(first, await grain.GetActivationAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reference_PassedAndReturned_CallsItsGrain(bool remote)
    {
        var factory = cluster.Factory(remote);
        var other = factory.GetGrain<IProbeGrain>("other");
        Assert.Equal("probe/other", await factory.GetGrain<IProbeGrain>("one").CallOtherAsync(other));
        var self = await other.SelfAsync();
        Assert.Equal("probe/other", await self.GetIdentityAsync());
        Assert.Equal(other, self);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task Bytes_OfAnySize_ComeBack(int size)
    {
        byte[] sent = new byte[size];
        for (int i = 0; i < size; i++)
            sent[i] = (byte)(i * 31);
        Assert.Equal(sent, await cluster.Client.Grains.GetGrain<IProbeGrain>("bytes").EchoBytesAsync(sent));
    }
}
