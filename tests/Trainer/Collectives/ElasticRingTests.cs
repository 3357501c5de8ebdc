using Granary.Trainer.Collectives;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>A ring that broke and formed again.</summary>
public sealed class ElasticRingTests
{
    [Fact]
    public async Task JoinAsync_AfterTheRingBroke_SumsAgainAndKnowsNothingOfTheLoss()
    {
        await using var first = Ring(0, number: 0);
        await using var second = Ring(1, number: 0);
        await FormAsync(first, second);
        first.Abort("the test breaks it");
        await Assert.ThrowsAsync<CollectiveException>(() => SumAsync(second));
        string[] endpoints = [await first.ListenAsync(CancellationToken.None), await second.ListenAsync(CancellationToken.None)];
        // Between two rings it is in the broken one still.
        Assert.True(second.Broken.IsCancellationRequested);
        Assert.NotNull(second.Failure);

        await Task.WhenAll(first.JoinAsync(endpoints, CancellationToken.None), second.JoinAsync(endpoints, CancellationToken.None));

        Assert.Equal((1, 1), (first.Number, second.Number));
        Assert.Null(first.Failure);
        await CollectiveSuite.SumsAsync([first, second], 1000);
    }

    [Fact]
    public async Task JoinAsync_NewRankInALostOnesPlace_SumsAgain()
    {
        await using var first = Ring(0, number: 0);
        await using (var lost = Ring(1, number: 0)) await FormAsync(first, lost);
        await using var another = Ring(1, number: 1);

        await FormAsync(first, another);

        await CollectiveSuite.SumsAsync([first, another], 1000);
    }

    // The rings between were given up before this rank was in them.
    [Fact]
    public async Task ListenAsync_ForALaterRing_JoinsThatOne()
    {
        await using var first = Ring(0, number: 0);
        await using (var lost = Ring(1, number: 0)) await FormAsync(first, lost);
        await first.ListenAsync(CancellationToken.None);
        await using var another = Ring(1, number: 3);
        string[] endpoints = [await first.ListenAsync(3, CancellationToken.None), await another.ListenAsync(CancellationToken.None)];

        await Task.WhenAll(first.JoinAsync(endpoints, CancellationToken.None), another.JoinAsync(endpoints, CancellationToken.None));

        Assert.Equal((3, 3), (first.Number, another.Number));
        await CollectiveSuite.SumsAsync([first, another], 1000);
    }

    // A rank that comes late with what broke the ring before.
    [Fact]
    public async Task Abort_OfAnEarlierRing_IsDeniedAndTheRingGoesOn()
    {
        await using var first = Ring(0, number: 0);
        await using var second = Ring(1, number: 0);
        await FormAsync(first, second);
        second.Abort("the test breaks it");
        var endpoints = await FormAsync(first, second);
        using var channel = GrpcChannel.ForAddress($"http://{endpoints[0]}");
        var late = new AbortRequest { Id = RingHarness.Member(1, 2).ToId(), Secret = RingHarness.Secret, Ring = 0, Reason = "an old reason" };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await new Collective.CollectiveClient(channel).AbortAsync(late));

        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        await CollectiveSuite.SumsAsync([first, second], 1000);
    }

    private static ElasticRing Ring(int rank, int number) =>
        new(RingHarness.Member(rank, 2) with { Ring = number }, "127.0.0.1", new RingOptions(), TimeProvider.System);

    private static async Task<string[]> FormAsync(params ElasticRing[] ranks)
    {
        var endpoints = await Task.WhenAll(ranks.Select(rank => rank.ListenAsync(CancellationToken.None)));
        await Task.WhenAll(ranks.Select(rank => rank.JoinAsync(endpoints, CancellationToken.None)));
        return endpoints;
    }

    private static Task SumAsync(ElasticRing rank) =>
        rank.AllReduceAsync(new float[1], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None);
}
