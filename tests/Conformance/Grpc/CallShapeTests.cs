using Google.Protobuf;
using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;

namespace Granary.Conformance.Grpc.Tests;

public sealed class CallShapeTests
{
    [Fact]
    public async Task Unary_Echo_ReturnsReplyHeadersAndStatus()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using AsyncUnaryCall<EchoReply> call = host.Client.UnaryAsync(new EchoRequest { Text = "hej" });
        EchoReply reply = await call;

        Assert.Equal("hej", reply.Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
        Assert.NotNull(await call.ResponseHeadersAsync);
    }

    [Fact]
    public async Task Unary_Blocking_ReturnsReply()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        EchoReply reply = await Task.Run(() => host.Client.Unary(new EchoRequest { Text = "hej" }));

        Assert.Equal("hej", reply.Text);
    }

    [Fact]
    public async Task Unary_EmptyMessage_RoundTrips()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        Assert.Equal(new EchoReply(), await host.Client.UnaryAsync(new EchoRequest()));
    }

    [Fact]
    public async Task ClientStream_ThreeRequests_OneReplyHasAllInOrder()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using var call = host.Client.ClientStream();
        foreach (string text in (string[])["a", "b", "c"])
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = text });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("a,b,c", (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ClientStream_NoRequests_Replies()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using var call = host.Client.ClientStream();
        await call.RequestStream.CompleteAsync();

        Assert.Equal(0, (await call).Index);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task ServerStream_Replies_ArriveInOrder(int count)
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using var call = host.Client.ServerStream(new EchoRequest { Count = count });
        var indices = new List<int>();
        await foreach (EchoReply reply in call.ResponseStream.ReadAllAsync())
        {
            indices.Add(reply.Index);
        }

        Assert.Equal(Enumerable.Range(0, count), indices);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Duplex_PingPong_EachReplyBeforeTheNextRequest()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        using var call = host.Client.Duplex();
        for (int i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal((i, $"{i}"), (call.ResponseStream.Current.Index, call.ResponseStream.Current.Text));
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Duplex_BothDirectionsAtOnce_NothingLostOrReordered()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        const int Count = 2000;
        using var call = host.Client.Duplex();

        Task write = Task.Run(async () =>
        {
            for (int i = 0; i < Count; i++)
            {
                await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}", Payload = ByteString.CopyFrom(new byte[i]) });
            }

            await call.RequestStream.CompleteAsync();
        });
        int expected = 0;
        await foreach (EchoReply reply in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal((expected, $"{expected}", expected), (reply.Index, reply.Text, reply.Payload.Length));
            expected++;
        }

        await write;
        Assert.Equal(Count, expected);
    }

    [Fact]
    public async Task Duplex_ServerSpeaksFirst_ReplyComesBeforeAnyRequest()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Duplex = async (requests, replies, _) =>
            {
                await replies.WriteAsync(new EchoReply { Text = "welcome" });
                await requests.MoveNext();
            },
        });

        using var call = host.Client.Duplex();

        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(EchoHost.Patience));
        Assert.Equal("welcome", call.ResponseStream.Current.Text);
        await call.RequestStream.CompleteAsync();
    }

    [Fact]
    public async Task Unary_HundredInFlight_EachGetsItsOwnReply()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int running = 0;
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = async (request, _) =>
            {
                // All hundred must be inside the handler at the same time before any may answer.
                if (Interlocked.Increment(ref running) == 100)
                {
                    gate.SetResult();
                }

                await gate.Task.WaitAsync(EchoHost.Patience);
                return new EchoReply { Text = request.Text };
            },
        });

        EchoReply[] replies = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(async i => await host.Client.UnaryAsync(new EchoRequest { Text = $"{i}" })));

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), replies.Select(reply => reply.Text));
    }
}
