using System.Net;
using System.Net.Sockets;
using System.Text;
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
        { "another ring of this attempt", Hello(ring: 1) },
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

    // A recording of an attempt that is over, secret and all, played to the next attempt.
    [Fact]
    public async Task Exchange_HelloAndAbortOfAnEarlierAttempt_AreDeniedAndTheRingGoesOn()
    {
        await using var ring = await RingHarness.StartAsync(2);
        using var channel = GrpcChannel.ForAddress($"http://{ring.Endpoints[0]}");
        var earlier = RingHarness.Member(1, 2) with { Attempt = 2 };
        var abort = new AbortRequest { Id = earlier.ToId(), Secret = earlier.Secret, Reason = "an old reason" };

        var hello = await Assert.ThrowsAsync<RpcException>(() => SayAsync(channel, new RingMessage { Hello = Hello(attempt: 2) }));
        var aborted = await Assert.ThrowsAsync<RpcException>(async () => await new Collective.CollectiveClient(channel).AbortAsync(abort));

        Assert.Equal(StatusCode.PermissionDenied, hello.StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, aborted.StatusCode);
        await CollectiveSuite.SumsAsync(ring.Ranks, 1000);
    }

    [Fact]
    public async Task Exchange_ChunkPlayedTwice_BreaksTheRingNamingTheSender()
    {
        await using var pair = await HalfRing.StartAsync();
        var first = pair.Rank.AllReduceAsync(new float[1], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None);
        await pair.Call.RequestStream.WriteAsync(Chunk(0, 4));
        await first.WaitAsync(RingHarness.Patience);
        await pair.Call.RequestStream.WriteAsync(Chunk(0, 4));

        var values = new float[] { 7 };
        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => pair.Rank.AllReduceAsync(values, ReduceKind.Sum, RingHarness.Patience, CancellationToken.None));

        Assert.Contains("Rank 1 sent collective 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected collective 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(7, values[0]);
    }

    // The neighbour itself sends what is no message: the frame of gRPC is whole, its content is not protobuf.
    [Fact]
    public async Task Exchange_GarbageOfTheNeighbour_BreaksTheRingNamingTheSender()
    {
        await using var ring = new RingHarness();
        await ring.ServeAsync(2, new RingOptions());
        using var channel = GrpcChannel.ForAddress($"http://{ring.Endpoints[0]}");
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(Bytes, null, default);
        await call.RequestStream.WriteAsync(new RingMessage { Hello = Hello() }.ToByteArray());
        var rank = await ring.Hosts[0].JoinAsync(ring.Endpoints, TimeProvider.System, CancellationToken.None);
        await call.RequestStream.WriteAsync([0xFF, 0xFF, 0xFF, 0xFF]);

        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => rank.AllReduceAsync(new float[1], ReduceKind.Sum, RingHarness.Patience, CancellationToken.None));

        Assert.Contains("Rank 1 sent no chunk", error.Message, StringComparison.Ordinal);
        await rank.DisposeAsync();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: rank\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF")]
    [InlineData("\x16\x03\x01\x02\0\x01\0\x01\xFC\x03\x03")]
    public async Task Connection_OfAStrangerWithGarbage_EndsAndTheRingGoesOn(string garbage)
    {
        await using var ring = await RingHarness.StartAsync(2);
        var address = IPEndPoint.Parse(ring.Endpoints[0]);
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(address);
        var bytes = Encoding.Latin1.GetBytes(garbage);

        for (var i = 0; i < 10; i++) await stranger.GetStream().WriteAsync(bytes);

        await CollectiveSuite.SumsAsync(ring.Ranks, 100_000);
    }

    internal static RingHello Hello(
        string trial = "sweep/0001", int attempt = 3, int rank = 1, int worldSize = 2, string secret = RingHarness.Secret, int ring = 0) =>
        new() { Id = new RankId { Trial = trial, Attempt = attempt, Rank = rank }, WorldSize = worldSize, Secret = secret, Ring = ring };

    private static Method<byte[], byte[]> Bytes { get; } = new(
        MethodType.DuplexStreaming,
        "granary.v1.Collective",
        "Exchange",
        Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes),
        Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes));

    private static RingMessage Chunk(ulong collective, int bytes) =>
        new() { Chunk = new TensorChunk { Collective = collective, Data = ByteString.CopyFrom(new byte[bytes]) } };

    private static async Task SayAsync(GrpcChannel channel, RingMessage message)
    {
        using var call = new Collective.CollectiveClient(channel).Exchange();
        await call.RequestStream.WriteAsync(message);
        await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(RingHarness.Patience);
    }
}
