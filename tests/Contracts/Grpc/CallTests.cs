using Grpc.Core;

namespace Granary.Contracts.Tests.Grpc;

/// <summary>How calls end, and what the other side hears of it.</summary>
public sealed class CallTests
{
    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Relied on by src/Silo/Wire/RpcFaults.cs and all who print its messages: code and words arrive as they are.</summary>
    [Fact]
    public async Task Status_OfAHandler_ReachesTheClientWithItsWords()
    {
        await using BlobHost host = await BlobHost.StartAsync();
        host.Service.OnUnary = (_, _) => throw new RpcException(new Status(StatusCode.FailedPrecondition, "100 % of „größer“\nline two"));

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => host.UnaryAsync([1]));

        Assert.Equal((StatusCode.FailedPrecondition, "100 % of „größer“\nline two"), (error.StatusCode, error.Status.Detail));
    }

    /// <summary>Relied on by src/Silo/Rpc/FleetService.cs and the watch streams: a client that leaves is noticed.</summary>
    [Fact]
    public async Task Stream_GivenUpByTheClient_CancelsTheHandler()
    {
        await using BlobHost host = await BlobHost.StartAsync();
        TaskCompletionSource cancelled = Signal();
        host.Service.OnExchange = async (_, replies, context) =>
        {
            using CancellationTokenRegistration registration = context.CancellationToken.Register(cancelled.SetResult);
            await replies.WriteAsync(new Blob([1]));
            await cancelled.Task;
        };
        using var stop = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<Blob, Blob> call = host.Exchange(new CallOptions(cancellationToken: stop.Token));
        Assert.True(await call.ResponseStream.MoveNext());

        await stop.CancelAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await cancelled.Task.WaitAsync(Eventually.Patience);
    }

    /// <summary>Relied on by uploads and by the ring's streams: the sender's end is heard, and the answer still comes.</summary>
    [Fact]
    public async Task Stream_HalfClosed_StillBringsWhatTheServerSays()
    {
        await using BlobHost host = await BlobHost.StartAsync();
        using AsyncDuplexStreamingCall<Blob, Blob> call = host.Exchange();
        await call.RequestStream.WriteAsync(new Blob([1]));
        await call.RequestStream.WriteAsync(new Blob([2, 3]));
        await call.RequestStream.CompleteAsync();

        var received = new List<byte[]>();
        await foreach (Blob reply in call.ResponseStream.ReadAllAsync()) received.Add(reply.Bytes);

        Assert.Equal([[1], [2, 3], [255]], received);
    }

    /// <summary>
    /// Relied on by src/Trainer/Collectives/OutgoingLink.cs and Link/ArtifactClient.cs: who still writes hears why the server ended.
    /// </summary>
    [Fact]
    public async Task Stream_EndedByTheServer_FailsTheWriterWithItsStatus()
    {
        await using BlobHost host = await BlobHost.StartAsync();
        host.Service.OnExchange = (_, _, _) => throw new RpcException(new Status(StatusCode.Aborted, "rank 2 is gone"));
        using AsyncDuplexStreamingCall<Blob, Blob> call = host.Exchange();
        RpcException read = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        RpcException written = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new Blob([1])));

        Assert.Equal([(StatusCode.Aborted, "rank 2 is gone"), (StatusCode.Aborted, "rank 2 is gone")],
            new[] { read, written }.Select(error => (error.StatusCode, error.Status.Detail)));
    }

    /// <summary>Relied on by src/Trainer/Link/SiloCalls.cs, which waits for a silo that is away.</summary>
    [Fact]
    public async Task Call_ToAServerThatIsGone_IsUnavailable()
    {
        await using BlobHost host = await BlobHost.StartAsync();
        await host.UnaryAsync([1]);
        await host.StopAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => host.UnaryAsync([1]));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }
}
