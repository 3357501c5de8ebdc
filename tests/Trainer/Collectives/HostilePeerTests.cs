using Google.Protobuf;
using Granary.Trainer.Collectives;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Trainer.Tests.Collectives;

public sealed class HostilePeerTests
{
    public static TheoryData<string, RingHello> Strangers => new()
    {
        { "wrong secret", Hello(secret: "guess") },
        { "no secret", Hello(secret: "") },
        { "another attempt", Hello(attempt: 2) },
        { "another trial", Hello(trial: "sweep/0002") },
        { "another world size", Hello(worldSize: 3) },
        { "not the left neighbour", Hello(rank: 0) },
        { "no such rank", Hello(rank: 7) },
        { "no id", new RingHello { WorldSize = 2, Secret = RingHarness.Secret } },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Exchange_Stranger_IsDenied(string what, RingHello hello)
    {
        await using var ring = new RingHarness();
        await ring.ServeAsync(2, new RingOptions());
        using var channel = GrpcChannel.ForAddress($"http://{ring.Endpoints[0]}");

        var error = await Assert.ThrowsAsync<RpcException>(() => SayAsync(channel, new RingMessage { Hello = hello }));

        Assert.True(error.StatusCode == StatusCode.PermissionDenied, $"{what}: {error.Status}");
        Assert.DoesNotContain(RingHarness.Secret, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_ChunkBeforeHello_IsDenied()
    {
        await using var ring = new RingHarness();
        await ring.ServeAsync(2, new RingOptions());
        using var channel = GrpcChannel.ForAddress($"http://{ring.Endpoints[0]}");

        var error = await Assert.ThrowsAsync<RpcException>(() => SayAsync(channel, Chunk(0, 4)));

        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
    }

    [Fact]
    public async Task Exchange_SecondStreamOfTheNeighbour_IsDeniedAndTheRingGoesOn()
    {
        await using var ring = await RingHarness.StartAsync(2);
        using var channel = GrpcChannel.ForAddress($"http://{ring.Endpoints[0]}");

        var error = await Assert.ThrowsAsync<RpcException>(() => SayAsync(channel, new RingMessage { Hello = Hello() }));

        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        await CollectiveSuite.SumsAsync(ring.Ranks, 1000);
    }

    [Theory]
    [InlineData(7, 4)]
    [InlineData(0, 8)]
    public async Task Exchange_ChunkOutOfSequence_BreaksTheRingNamingTheSender(int collective, int bytes)
    {
        await using var pair = await HalfRing.StartAsync();
        await pair.Call.RequestStream.WriteAsync(Chunk((ulong)collective, bytes));

        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => pair.Rank.AllReduceAsync(new float[1], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None));

        Assert.Contains("Rank 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected collective 0, step 0, offset 0 with 4 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(RingOptions.MaxChunkBytes + 1)]
    public async Task Exchange_ChunkOfImpossibleSize_BreaksTheRingNamingTheSender(int bytes)
    {
        await using var pair = await HalfRing.StartAsync();
        await pair.Call.RequestStream.WriteAsync(Chunk(0, bytes));

        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => pair.Rank.AllReduceAsync(new float[1], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None));

        Assert.Contains($"Rank 1 sent a chunk of {bytes} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_Stranger_IsDeniedAndTheRingGoesOn()
    {
        await using var ring = await RingHarness.StartAsync(2);
        using var channel = GrpcChannel.ForAddress($"http://{ring.Endpoints[0]}");
        var request = new AbortRequest { Id = RingHarness.Member(1, 2).ToId(), Secret = "guess", Reason = "mischief" };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await new Collective.CollectiveClient(channel).AbortAsync(request));

        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        await CollectiveSuite.SumsAsync(ring.Ranks, 1000);
    }

    internal static RingHello Hello(
        string trial = "sweep/0001", int attempt = 3, int rank = 1, int worldSize = 2, string secret = RingHarness.Secret) =>
        new() { Id = new RankId { Trial = trial, Attempt = attempt, Rank = rank }, WorldSize = worldSize, Secret = secret };

    private static RingMessage Chunk(ulong collective, int bytes) =>
        new() { Chunk = new TensorChunk { Collective = collective, Data = ByteString.CopyFrom(new byte[bytes]) } };

    private static async Task SayAsync(GrpcChannel channel, RingMessage message)
    {
        using var call = new Collective.CollectiveClient(channel).Exchange();
        await call.RequestStream.WriteAsync(message);
        await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(RingHarness.Patience);
    }
}
