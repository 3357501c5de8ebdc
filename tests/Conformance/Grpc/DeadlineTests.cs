using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;

namespace Granary.Conformance.Grpc.Tests;

public sealed class DeadlineTests
{
    private static DateTime Soon => TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200);

    private static DateTime Later => TimeProvider.System.GetUtcNow().UtcDateTime.Add(EchoHost.Patience);

    [Fact]
    public async Task Unary_HandlerOutlivesDeadline_DeadlineExceededAndHandlerIsCancelled()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = async (_, context) =>
            {
                using var registration = context.CancellationToken.Register(cancelled.SetResult);
                await cancelled.Task;
                return new EchoReply();
            },
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest(), deadline: Soon));

        Assert.Equal(StatusCode.DeadlineExceeded, e.StatusCode);
        await cancelled.Task.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task Unary_HandlerIgnoresItsToken_CallerIsFreeAllTheSame()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = async (_, _) =>
            {
                await release.Task;
                return new EchoReply();
            },
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest(), deadline: Soon));
        release.SetResult();

        Assert.Equal(StatusCode.DeadlineExceeded, e.StatusCode);
    }

    [Fact]
    public async Task Unary_OnlyServerKeepsTime_ServerAnswersDeadlineExceeded()
    {
        // The header without the client's own timer, so that the status can only be the server's.
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = async (_, context) =>
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return new EchoReply();
            },
        });
        using var client = new RawClient(host.Address);

        using HttpResponseMessage response = await client.PostAsync(
            "Unary", [0, 0, 0, 0, 0], request => request.Headers.Add("grpc-timeout", "100m"));

        Assert.Equal("4", await RawClient.StatusAsync(response));
    }

    [Fact]
    public async Task Duplex_DeadlinePassesBetweenMessages_ReaderAndHandlerEnd()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Duplex = async (requests, replies, context) =>
            {
                try
                {
                    await replies.WriteAsync(new EchoReply());
                    await requests.MoveNext(context.CancellationToken);
                }
                finally
                {
                    ended.SetResult();
                }
            },
        });

        using var call = host.Client.Duplex(deadline: Soon.AddSeconds(2));
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext())
            {
            }
        });

        Assert.Equal(StatusCode.DeadlineExceeded, e.StatusCode);
        await ended.Task.WaitAsync(EchoHost.Patience);
    }

    [Fact]
    public async Task Unary_DeadlineInThePast_FailsWithoutReachingTheServer()
    {
        bool reached = false;
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, _) =>
            {
                reached = true;
                return Task.FromResult(new EchoReply());
            },
        });

        var e = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Client.UnaryAsync(new EchoRequest(), deadline: Soon.AddMinutes(-1)));

        Assert.Equal(StatusCode.DeadlineExceeded, e.StatusCode);
        Assert.False(reached);
    }

    [Fact]
    public async Task Unary_DeadlineFarAway_ServerSeesIt()
    {
        DateTime seen = default;
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                seen = context.Deadline;
                return Task.FromResult(new EchoReply());
            },
        });
        DateTime deadline = Later;

        await host.Client.UnaryAsync(new EchoRequest(), deadline: deadline);

        Assert.InRange(seen, deadline.AddSeconds(-1), deadline.AddSeconds(10));
    }

    [Fact]
    public async Task Unary_NoDeadline_ServerSeesMaxValue()
    {
        DateTime seen = default;
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                seen = context.Deadline;
                return Task.FromResult(new EchoReply());
            },
        });

        await host.Client.UnaryAsync(new EchoRequest(), deadline: DateTime.MaxValue);

        Assert.Equal(DateTime.MaxValue, seen);
    }

    [Fact]
    public async Task Unary_DeadlineInLocalTime_Refused()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        Assert.Throws<InvalidOperationException>(
            () => host.Client.UnaryAsync(new EchoRequest(), deadline: DateTime.SpecifyKind(Later, DateTimeKind.Local)));
    }
}
