using Google.Protobuf;
using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Conformance.Grpc.Tests;

public sealed class SizeLimitTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Unary_RequestOverServersDefault_ResourceExhausted()
    {
        await using EchoHost host = await EchoHost.StartAsync();

        // 4 MiB is the default of all gRPC implementations; the field's tag and length come on top.
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfAsync(host, 4 * Mebibyte));
    }

    [Fact]
    public async Task Unary_ReplyOverClientsDefault_ResourceExhausted()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoBehaviour
        {
            Unary = (_, _) => Task.FromResult(new EchoReply { Payload = Bytes(4 * Mebibyte) }),
        });

        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfAsync(host, 0));
    }

    [Fact]
    public async Task Unary_RequestOverClientsSendLimit_ResourceExhausted()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Channel = new GrpcChannelOptions { MaxSendMessageSize = 1000 },
        });

        Assert.Equal(StatusCode.OK, await StatusOfAsync(host, 990));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfAsync(host, 1000));
    }

    [Fact]
    public async Task Unary_ReplyOverServersSendLimit_ResourceExhausted()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Grpc = options => options.MaxSendMessageSize = 1000,
        });

        Assert.Equal(StatusCode.OK, await StatusOfAsync(host, 990));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfAsync(host, 1000));
    }

    [Fact]
    public async Task Unary_LimitOfOneService_Wins()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Grpc = options => options.MaxReceiveMessageSize = 10,
            Services = services => Microsoft.Extensions.DependencyInjection.GrpcServicesExtensions.AddServiceOptions<EchoService>(
                Microsoft.Extensions.DependencyInjection.GrpcServicesExtensions.AddGrpc(services),
                options => options.MaxReceiveMessageSize = 1000),
        });

        Assert.Equal(StatusCode.OK, await StatusOfAsync(host, 900));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfAsync(host, 1000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(Mebibyte)]
    [InlineData(24 * Mebibyte)]
    public async Task Unary_LargeMessageWithoutLimits_RoundTrips(int size)
    {
        await using EchoHost host = await EchoHost.StartAsync(Unlimited());
        ByteString payload = Bytes(size);

        EchoReply reply = await host.Client.UnaryAsync(new EchoRequest { Payload = payload });

        Assert.True(payload.Span.SequenceEqual(reply.Payload.Span));
    }

    [Fact]
    public async Task Duplex_MessagesOfVeryDifferentSizes_RoundTrip()
    {
        await using EchoHost host = await EchoHost.StartAsync(Unlimited());
        int[] sizes = [0, 1, 5, 4091, 4096, 16379, 16384, 65536, 0, 3 * Mebibyte, 7, 40 * Mebibyte, 100, 262144, 3];

        using var call = host.Client.Duplex();
        Task write = Task.Run(async () =>
        {
            foreach (int size in sizes)
            {
                await call.RequestStream.WriteAsync(new EchoRequest { Payload = Bytes(size) });
            }

            await call.RequestStream.CompleteAsync();
        });
        var received = new List<ByteString>();
        await foreach (EchoReply reply in call.ResponseStream.ReadAllAsync())
        {
            received.Add(reply.Payload);
        }

        await write;

        // Not one Assert.Equal over all: it compares byte by byte, a minute for these.
        Assert.Equal(sizes, received.Select(payload => payload.Length));
        Assert.All(received, payload => Assert.True(Bytes(payload.Length).Span.SequenceEqual(payload.Span)));
    }

    [Fact]
    public async Task Duplex_ReplyTooLargeInTheMiddle_StreamEndsAndConnectionLives()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Channel = new GrpcChannelOptions { MaxReceiveMessageSize = 1000 },
        });

        using var call = host.Client.Duplex();
        await call.RequestStream.WriteAsync(new EchoRequest { Payload = Bytes(10) });
        Assert.True(await call.ResponseStream.MoveNext());
        await call.RequestStream.WriteAsync(new EchoRequest { Payload = Bytes(2000) });
        var e = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.ResourceExhausted, e.StatusCode);
        Assert.Equal(StatusCode.OK, await StatusOfAsync(host, 10));
    }

    private static EchoHostOptions Unlimited() => new()
    {
        Grpc = options => options.MaxReceiveMessageSize = null,
        Channel = new GrpcChannelOptions { MaxReceiveMessageSize = null },
    };

    private static ByteString Bytes(int size)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static async Task<StatusCode> StatusOfAsync(EchoHost host, int size)
    {
        using var call = host.Client.UnaryAsync(new EchoRequest { Payload = Bytes(size) });
        try
        {
            await call;
        }
        catch (RpcException)
        {
        }

        return call.GetStatus().StatusCode;
    }
}
