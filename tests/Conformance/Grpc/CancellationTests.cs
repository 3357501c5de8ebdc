using Google.Protobuf;
using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Conformance.Grpc.Tests;

public sealed class CancellationTests
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Unary_TokenCancelled_BothSidesEnd()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour { Unary = (_, context) => HangAsync<EchoReply>(context) });
        using var cancellation = new CancellationTokenSource();

        using var call = host.Client.UnaryAsync(new EchoRequest(), cancellationToken: cancellation.Token);
        await _entered.Task.WaitAsync(EchoHost.Patience);
        await cancellation.CancelAsync();

        var e = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, e.StatusCode);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await _cancelled.Task.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task Unary_TokenCancelledBefore_CancelledAtOnce()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        var e = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Client.UnaryAsync(new EchoRequest(), cancellationToken: new CancellationToken(true)));

        Assert.Equal(StatusCode.Cancelled, e.StatusCode);
    }

    [Fact]
    public async Task Unary_ThrowOperationCanceledChosen_ThrowsThatWithTheToken()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Behaviour = new EchoBehaviour { Unary = (_, context) => HangAsync<EchoReply>(context) },
            Channel = new GrpcChannelOptions { ThrowOperationCanceledOnCancellation = true },
        });
        using var cancellation = new CancellationTokenSource();

        using var call = host.Client.UnaryAsync(new EchoRequest(), cancellationToken: cancellation.Token);
        await _entered.Task.WaitAsync(EchoHost.Patience);
        await cancellation.CancelAsync();

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.ResponseAsync);
        Assert.Equal(cancellation.Token, e.CancellationToken);
    }

    [Fact]
    public async Task Duplex_CallDisposed_HandlerIsCancelledAndStreamsAreClosed()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Duplex = (_, _, context) => HangAsync<EchoReply>(context),
        });

        var call = host.Client.Duplex();
        Task<bool> read = call.ResponseStream.MoveNext();
        await _entered.Task.WaitAsync(EchoHost.Patience);
        call.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => read)).StatusCode);
        await _cancelled.Task.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task Duplex_OneReadCancelled_CancelsTheCall()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Duplex = (_, _, context) => HangAsync<EchoReply>(context),
        });
        using var cancellation = new CancellationTokenSource();

        using var call = host.Client.Duplex();
        Task<bool> read = call.ResponseStream.MoveNext(cancellation.Token);
        await _entered.Task.WaitAsync(EchoHost.Patience);
        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => read)).StatusCode);
        await _cancelled.Task.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task Duplex_WriteBlockedByFlowControl_CancelFreesIt()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Duplex = (_, _, context) => HangAsync<EchoReply>(context),
        });
        using var cancellation = new CancellationTokenSource();

        using var call = host.Client.Duplex();
        await _entered.Task.WaitAsync(EchoHost.Patience);

        // More than any window; nobody reads, so the write cannot end by itself.
        Task write = call.RequestStream.WriteAsync(
            new EchoRequest { Payload = ByteString.CopyFrom(new byte[64 * 1024 * 1024]) }, cancellation.Token);
        Assert.False(write.IsCompleted);
        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => write)).StatusCode);
        await _cancelled.Task.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task ServerStream_CallerStopsReading_HandlerIsCancelled()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            ServerStream = async (_, replies, context) =>
            {
                try
                {
                    while (!context.CancellationToken.IsCancellationRequested)
                    {
                        await replies.WriteAsync(new EchoReply { Payload = ByteString.CopyFrom(new byte[10_000]) });
                    }
                }
                finally
                {
                    _cancelled.TrySetResult();
                }
            },
        });

        using (var call = host.Client.ServerStream(new EchoRequest()))
        {
            Assert.True(await call.ResponseStream.MoveNext());
        }

        await _cancelled.Task.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task Unary_ServerCancelsItself_HandlerStatusReachesCaller()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, _) => throw new RpcException(Status.DefaultCancelled),
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.Equal(StatusCode.Cancelled, e.StatusCode);
    }

    [Fact]
    public async Task Channel_Disposed_RunningCallsEndAndNewOnesAreRefused()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour { Unary = (_, context) => HangAsync<EchoReply>(context) });
        var call = host.Client.UnaryAsync(new EchoRequest());
        await _entered.Task.WaitAsync(EchoHost.Patience);

        host.Channel.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        Assert.Throws<ObjectDisposedException>(() => host.Client.UnaryAsync(new EchoRequest()));
    }

    private async Task<T> HangAsync<T>(ServerCallContext context)
    {
        _entered.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            _cancelled.TrySetResult();
        }

        throw new InvalidOperationException("The wait can only end by cancellation.");
    }
}
