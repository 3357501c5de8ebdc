using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace Granary.Conformance.Grpc.Tests;

public sealed class StatusTests
{
    public static TheoryData<StatusCode> Errors => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Unary_HandlerThrowsRpcException_CallerGetsCodeAndDetail(StatusCode code)
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, _) => throw new RpcException(new Status(code, $"because {code}")),
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.Equal((code, $"because {code}"), (e.StatusCode, e.Status.Detail));
    }

    [Theory]
    [InlineData("100 % of \"7\"")]
    [InlineData("Größe: 3 µm – 木\r\nline two\t.")]
    [InlineData("%41 %zz %")]
    public async Task Unary_DetailWithAnyCharacters_Survives(string detail)
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, _) => throw new RpcException(new Status(StatusCode.NotFound, detail)),
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.Equal(detail, e.Status.Detail);
    }

    [Fact]
    public async Task Unary_HandlerSetsStatus_CallerGetsIt()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                context.Status = new Status(StatusCode.FailedPrecondition, "not yet");
                return Task.FromResult(new EchoReply());
            },
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.Equal((StatusCode.FailedPrecondition, "not yet"), (e.StatusCode, e.Status.Detail));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unary_HandlerThrowsOther_UnknownAndMessageOnlyWhereAllowed(bool detailed)
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Behaviour = new EchoBehaviour { Unary = (_, _) => throw new InvalidOperationException("password is 1234") },
            Grpc = options => options.EnableDetailedErrors = detailed,
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.Equal(StatusCode.Unknown, e.StatusCode);
        Assert.StartsWith("Exception was thrown by handler.", e.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(detailed, e.Status.Detail.Contains("1234", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ServerStream_FailsAfterReplies_RepliesThenStatus()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            ServerStream = async (_, replies, _) =>
            {
                await replies.WriteAsync(new EchoReply { Index = 0 });
                await replies.WriteAsync(new EchoReply { Index = 1 });
                throw new RpcException(new Status(StatusCode.DataLoss, "disk gone"));
            },
        });

        using var call = host.Client.ServerStream(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.True(await call.ResponseStream.MoveNext());
        var first = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        var again = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal((StatusCode.DataLoss, StatusCode.DataLoss), (first.StatusCode, again.StatusCode));
        Assert.Equal("disk gone", call.GetStatus().Detail);
    }

    [Fact]
    public async Task Duplex_HandlerEndsEarly_ReaderGetsStatusAndWritesFail()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Duplex = (_, _, _) => throw new RpcException(new Status(StatusCode.PermissionDenied, "no")),
        });

        using var call = host.Client.Duplex();
        var read = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        var write = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest()));

        Assert.Equal((StatusCode.PermissionDenied, StatusCode.PermissionDenied), (read.StatusCode, write.StatusCode));
    }

    [Fact]
    public async Task Unary_UnknownMethod_Unimplemented()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        Assert.Equal(StatusCode.Unimplemented, await CallAsync(host.Channel, "granary.conformance.v1.Echo", "NoSuchMethod"));
    }

    [Fact]
    public async Task Unary_UnknownService_Unimplemented()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        Assert.Equal(StatusCode.Unimplemented, await CallAsync(host.Channel, "no.such.Service", "Unary"));
    }

    [Fact]
    public async Task Unary_MethodNotOverridden_Unimplemented()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions { Map = app => app.MapGrpcService<EmptyService>() });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.Equal(StatusCode.Unimplemented, e.StatusCode);
    }

    // The table of https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md.
    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    public async Task Unary_PlainHttpError_MapsToStatus(int http, StatusCode expected)
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Map = app => app.Run(context =>
            {
                context.Response.StatusCode = http;
                return Task.CompletedTask;
            }),
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(new EchoRequest()));

        Assert.Equal(expected, e.StatusCode);
    }

    [Fact]
    public async Task Unary_ServerGone_Unavailable()
    {
        EchoHost host = await EchoHost.StartAsync();
        Uri address = host.Address;
        await host.DisposeAsync();
        using var channel = GrpcChannel.ForAddress(address);

        var e = await Assert.ThrowsAsync<RpcException>(
            async () => await new Echo.EchoClient(channel).UnaryAsync(new EchoRequest()));

        Assert.Equal(StatusCode.Unavailable, e.StatusCode);
    }

    [Fact]
    public async Task GetStatus_CallStillRunning_Throws()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var call = host.Client.Duplex();

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    private static async Task<StatusCode> CallAsync(GrpcChannel channel, string service, string method)
    {
        var description = new Method<string, string>(
            MethodType.Unary, service, method, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(description, null, new CallOptions(), "x");
        return (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode;
    }

    private sealed class EmptyService : Echo.EchoBase;
}
