using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>Both directions against @grpc/grpc-js, an implementation that shares nothing with ours but the specification.</summary>
public sealed class NodeInteropTests
{
    private static readonly byte[] SomeBytes = [0, 1, 254, 255];

    [Fact]
    public async Task Server_CalledByGrpcJs_AllCasesAsSpecified()
    {
        await using EchoHost host = await EchoHost.StartAsync(ServerBehaviour());
        await using NodeProgram node = await NodeProgram.StartAsync(
            "client.js", host.Address.Port.ToString(CultureInfo.InvariantCulture));

        using JsonDocument results = JsonDocument.Parse(await node.ReadToEndAsync());
        JsonElement Case(string name) => results.RootElement.GetProperty(name);
        int Code(string name) => Case(name).GetProperty("code").GetInt32();

        Assert.Equal(0, Code("echo"));
        Assert.Equal("hej", Case("echo").GetProperty("text").GetString());
        Assert.Equal(1000, Case("echo").GetProperty("size").GetInt32());
        Assert.Equal("0001feff", Case("echo").GetProperty("header").GetString());
        Assert.Equal(3_000_000, Case("large").GetProperty("size").GetInt32());
        Assert.Equal((int)StatusCode.ResourceExhausted, Code("tooLarge"));
        Assert.Equal((int)StatusCode.FailedPrecondition, Code("failure"));
        Assert.Equal("größer als 100 %", Case("failure").GetProperty("details").GetString());
        Assert.Equal("asked", Case("failure").GetProperty("reason").GetString());
        Assert.Equal("0001feff", Case("failure").GetProperty("reasonBytes").GetString());
        Assert.Equal((int)StatusCode.Unknown, Code("exception"));
        Assert.Equal((int)StatusCode.DeadlineExceeded, Code("deadline"));
        Assert.Equal((int)StatusCode.Cancelled, Code("cancelled"));
        Assert.Equal("a,b,c", Case("clientStream").GetProperty("text").GetString());
        Assert.Equal(0, Code("serverStream"));
        Assert.Equal(500, Case("serverStream").GetProperty("count").GetInt32());
        Assert.True(Case("serverStream").GetProperty("ordered").GetBoolean());
        Assert.Equal((int)StatusCode.NotFound, Code("serverStreamFailure"));
        Assert.Equal(3, Case("serverStreamFailure").GetProperty("count").GetInt32());
        Assert.Equal((int)StatusCode.DeadlineExceeded, Code("serverStreamDeadline"));
        Assert.Equal(2, Case("serverStreamDeadline").GetProperty("count").GetInt32());
        Assert.Equal(0, Code("duplex"));
        Assert.Equal(
            [0, 1, 20000, 100000, 1000000, 5],
            Case("duplex").GetProperty("sizes").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal((int)StatusCode.Unimplemented, Code("unimplemented"));
    }

    [Fact]
    public async Task Client_OfGrpcJsServer_UnaryHeadersTrailersAndErrors()
    {
        await using NodeProgram node = await NodeProgram.StartAsync("server.js");
        using GrpcChannel channel = await ConnectAsync(node);
        var client = new Echo.EchoClient(channel);

        using var call = client.UnaryAsync(
            new EchoRequest { Text = "hej", Payload = ByteString.CopyFrom(new byte[3_000_000]) },
            new Metadata { { "sent-bin", SomeBytes } });
        EchoReply reply = await call;
        var e = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoRequest { Text = "fail:9" }));

        Assert.Equal(("hej", 3_000_000), (reply.Text, reply.Payload.Length));
        Assert.Equal(SomeBytes, (await call.ResponseHeadersAsync).GetValueBytes("echoed-bin")!);
        Assert.Equal("7", call.GetTrailers().GetValue("cost"));
        Assert.Equal((StatusCode.FailedPrecondition, "größer als 100 %"), (e.StatusCode, e.Status.Detail));
        Assert.Equal("asked", e.Trailers.GetValue("reason"));
        Assert.Equal(SomeBytes, e.Trailers.GetValueBytes("reason-bin")!);
    }

    [Fact]
    public async Task Client_OfGrpcJsServer_Streams()
    {
        await using NodeProgram node = await NodeProgram.StartAsync("server.js");
        using GrpcChannel channel = await ConnectAsync(node);
        var client = new Echo.EchoClient(channel);

        using var up = client.ClientStream();
        await up.RequestStream.WriteAsync(new EchoRequest { Text = "a" });
        await up.RequestStream.WriteAsync(new EchoRequest { Text = "b" });
        await up.RequestStream.CompleteAsync();
        Assert.Equal("a,b", (await up).Text);

        using var down = client.ServerStream(new EchoRequest { Text = "x", Count = 500 });
        int next = 0;
        await foreach (EchoReply reply in down.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(next++, reply.Index);
        }

        Assert.Equal(500, next);

        using var both = client.Duplex();
        foreach (int size in (int[])[0, 1, 20_000, 1_000_000, 5])
        {
            await both.RequestStream.WriteAsync(new EchoRequest { Payload = ByteString.CopyFrom(new byte[size]) });
            Assert.True(await both.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(size, both.ResponseStream.Current.Payload.Length);
        }

        await both.RequestStream.CompleteAsync();
        Assert.False(await both.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task Client_OfGrpcJsServer_DeadlineCancelAndFailureInAStream()
    {
        await using NodeProgram node = await NodeProgram.StartAsync("server.js");
        using GrpcChannel channel = await ConnectAsync(node);
        var client = new Echo.EchoClient(channel);
        DateTime soon = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300);

        var late = await Assert.ThrowsAsync<RpcException>(
            async () => await client.UnaryAsync(new EchoRequest { Text = "hang" }, deadline: soon));
        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);

        using var failing = client.ServerStream(new EchoRequest { Text = "fail:15", Count = 2 });
        Assert.True(await failing.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await failing.ResponseStream.MoveNext(CancellationToken.None));
        var lost = await Assert.ThrowsAsync<RpcException>(() => failing.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.DataLoss, lost.StatusCode);

        using var cancellation = new CancellationTokenSource();
        using var alone = client.UnaryAsync(new EchoRequest { Text = "hang and tell" });
        Assert.Equal("hanging", await node.ReadLineAsync());
        alone.Dispose();
        Assert.Equal("cancelled", await node.ReadLineAsync());

        using var hanging = client.ServerStream(new EchoRequest { Text = "hang", Count = 1 }, cancellationToken: cancellation.Token);
        Assert.True(await hanging.ResponseStream.MoveNext(CancellationToken.None));
        await cancellation.CancelAsync();
        var cancelled = await Assert.ThrowsAsync<RpcException>(() => hanging.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Cancelled, cancelled.StatusCode);
    }

    private static async Task<GrpcChannel> ConnectAsync(NodeProgram node)
    {
        string? line = await node.ReadLineAsync();
        Assert.StartsWith("port ", line, StringComparison.Ordinal);
        return GrpcChannel.ForAddress($"http://127.0.0.1:{line!["port ".Length..]}");
    }

    private static EchoBehaviour ServerBehaviour() => new()
    {
        Unary = async (request, context) =>
        {
            if (request.Text == "hang")
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }

            ThrowIfAsked(request);
            if (context.RequestHeaders.GetValueBytes("sent-bin") is { } sent)
            {
                await context.WriteResponseHeadersAsync(new Metadata { { "echoed-bin", sent } });
            }

            return new EchoReply { Text = request.Text, Payload = request.Payload };
        },
        ServerStream = async (request, replies, context) =>
        {
            for (int i = 0; i < request.Count; i++)
            {
                await replies.WriteAsync(new EchoReply { Index = i });
            }

            if (request.Text == "hang")
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }

            ThrowIfAsked(request);
        },
    };

    private static void ThrowIfAsked(EchoRequest request)
    {
        if (request.Text == "throw")
        {
            throw new InvalidOperationException("as asked");
        }

        if (request.Text.StartsWith("fail:", StringComparison.Ordinal))
        {
            var code = (StatusCode)int.Parse(request.Text["fail:".Length..], CultureInfo.InvariantCulture);
            throw new RpcException(
                new Status(code, "größer als 100 %"), new Metadata { { "reason", "asked" }, { "reason-bin", SomeBytes } });
        }
    }
}
