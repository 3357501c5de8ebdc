using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;

namespace Granary.Conformance.Grpc.Tests;

public sealed class MetadataTests
{
    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    [Fact]
    public async Task RequestHeaders_TextBinaryAndRepeated_ReachTheHandler()
    {
        Metadata seen = [];
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                seen = context.RequestHeaders;
                return Task.FromResult(new EchoReply());
            },
        });
        var headers = new Metadata
        {
            { "X-Text", "a b" }, { "many", "1" }, { "many", "2" }, { "blob-bin", AllBytes }, { "empty-bin", Array.Empty<byte>() },
        };

        await host.Client.UnaryAsync(new EchoRequest(), headers);

        Assert.Equal("a b", seen.GetValue("x-text"));
        Assert.Equal(AllBytes, seen.GetValueBytes("blob-bin"));
        Assert.Empty(seen.GetValueBytes("empty-bin")!);
        Assert.Equal(["1", "2"], seen.GetAll("many").SelectMany(entry => entry.Value.Split(", ")));
        Assert.DoesNotContain(seen, entry => entry.Key is "content-type" or "grpc-timeout" or "grpc-encoding");
    }

    [Fact]
    public async Task ResponseHeaders_WrittenByHandler_ReachTheCallerBeforeTheReply()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = async (_, context) =>
            {
                await context.WriteResponseHeadersAsync(new Metadata { { "early", "yes" }, { "blob-bin", AllBytes } });
                await release.Task;
                return new EchoReply { Text = "late" };
            },
        });

        using var call = host.Client.UnaryAsync(new EchoRequest());
        Metadata headers = await call.ResponseHeadersAsync.WaitAsync(EchoHost.Patience);
        Assert.False(call.ResponseAsync.IsCompleted);
        release.SetResult();

        Assert.Equal("yes", headers.GetValue("early"));
        Assert.Equal(AllBytes, headers.GetValueBytes("blob-bin"));
        Assert.Equal("late", (await call).Text);
    }

    [Fact]
    public async Task WriteResponseHeaders_Twice_SecondThrows()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = async (_, context) =>
            {
                await context.WriteResponseHeadersAsync([]);
                await Assert.ThrowsAsync<InvalidOperationException>(() => context.WriteResponseHeadersAsync([]));
                return new EchoReply { Text = "checked" };
            },
        });

        Assert.Equal("checked", (await host.Client.UnaryAsync(new EchoRequest())).Text);
    }

    [Fact]
    public async Task Trailers_OfSuccess_ReachTheCaller()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                context.ResponseTrailers.Add("cost", "7");
                context.ResponseTrailers.Add("blob-bin", AllBytes);
                return Task.FromResult(new EchoReply());
            },
        });

        using var call = host.Client.UnaryAsync(new EchoRequest());
        await call;

        Assert.Equal("7", call.GetTrailers().GetValue("cost"));
        Assert.Equal(AllBytes, call.GetTrailers().GetValueBytes("blob-bin"));
        Assert.Equal(2, call.GetTrailers().Count);
    }

    [Fact]
    public async Task Trailers_OfFailure_JoinContextAndException()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                context.ResponseTrailers.Add("from-context", "1");
                throw new RpcException(new Status(StatusCode.Aborted, ""), new Metadata { { "from-exception", "2" } });
            },
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.Equal(("1", "2"), (e.Trailers.GetValue("from-context"), e.Trailers.GetValue("from-exception")));
    }

    [Fact]
    public async Task Trailers_OfStreamAfterReplies_ReachTheCaller()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            ServerStream = async (_, replies, context) =>
            {
                await replies.WriteAsync(new EchoReply());
                context.ResponseTrailers.Add("after", "all");
            },
        });

        using var call = host.Client.ServerStream(new EchoRequest());
        while (await call.ResponseStream.MoveNext())
        {
        }

        Assert.Equal("all", call.GetTrailers().GetValue("after"));
    }

    [Fact]
    public async Task Trailers_NotAscii_CallFailsWithInternal()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                context.ResponseTrailers.Add("bad", "木");
                return Task.FromResult(new EchoReply());
            },
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.NotEqual(StatusCode.OK, e.StatusCode);
    }

    [Fact]
    public async Task Context_OfACall_NamesMethodHostAndPeer()
    {
        ServerCallContext? context = null;
        string? path = null, peer = null, authority = null;
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, call) =>
            {
                context = call;
                (path, peer, authority) = (call.GetHttpContext().Request.Path, call.Peer, call.Host);
                call.UserState["key"] = "value";
                Assert.Equal("value", call.UserState["key"]);
                Assert.False(call.AuthContext.IsPeerAuthenticated);
                return Task.FromResult(new EchoReply());
            },
        });

        await host.Client.UnaryAsync(new EchoRequest());

        Assert.Equal("/granary.conformance.v1.Echo/Unary", context!.Method);
        Assert.Equal("/granary.conformance.v1.Echo/Unary", path);
        Assert.Equal(host.Address.Authority, authority);
        Assert.Matches(@"^ipv4:127\.0\.0\.1:\d+$", peer);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("")]
    [InlineData("colon:")]
    [InlineData("ümlaut")]
    public void Add_InvalidKey_Throws(string key) => Assert.Throws<ArgumentException>(() => new Metadata { { key, "v" } });

    [Fact]
    public void Add_TextUnderBinaryKey_Throws() => Assert.Throws<ArgumentException>(() => new Metadata { { "a-bin", "text" } });

    [Fact]
    public void Add_BytesUnderTextKey_Throws() => Assert.Throws<ArgumentException>(() => new Metadata { { "a", new byte[1] } });

    [Fact]
    public void Get_RepeatedKeyInAnyCase_LastWins()
    {
        var metadata = new Metadata { { "Key", "1" }, { "KEY", "2" } };

        Assert.Equal("2", metadata.GetValue("key"));
        Assert.All(metadata, entry => Assert.Equal("key", entry.Key));
    }

    [Fact]
    public void Empty_Add_Throws() => Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
}
