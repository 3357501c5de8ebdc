using System.Buffers;
using System.IO.Compression;
using System.Threading.Channels;
using Google.Protobuf;
using Granary.Conformance.Grpc.Tests.Wire;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Conformance.Grpc.Tests;

/// <summary>What users plug in: marshallers, services with lifetimes, interceptors, compression, credentials.</summary>
public sealed class ExtensionTests
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create<byte[]>(
        (bytes, context) =>
        {
            context.SetPayloadLength(bytes.Length);
            context.GetBufferWriter().Write(bytes);
            context.Complete();
        },
        context => context.PayloadAsReadOnlySequence().ToArray());

    private static readonly Marshaller<byte[]> RawUnknownLength = Marshallers.Create<byte[]>(
        (bytes, context) =>
        {
            IBufferWriter<byte> writer = context.GetBufferWriter();
            foreach (byte[] chunk in bytes.Chunk(1000))
            {
                writer.Write(chunk);
            }

            context.Complete();
        },
        context => context.PayloadAsNewBuffer());

    private static readonly Marshaller<byte[]> RawArray = Marshallers.Create(bytes => bytes, bytes => bytes);

    public static TheoryData<int, int> RawCases
    {
        get
        {
            var cases = new TheoryData<int, int>();
            foreach (int marshaller in (int[])[0, 1, 2])
            {
                foreach (int size in (int[])[0, 1, 4096, 16 * 1024, 100_000, 3_000_000])
                {
                    cases.Add(marshaller, size);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(RawCases))]
    public async Task Duplex_HandWrittenMarshaller_BytesRoundTrip(int marshaller, int size)
    {
        Marshaller<byte[]> chosen = ((Marshaller<byte[]>[])[Raw, RawUnknownLength, RawArray])[marshaller];
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "raw.Ring", "Exchange", chosen, chosen);
        ServerServiceDefinition definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(method, async (requests, replies, _) =>
            {
                await foreach (byte[] request in requests.ReadAllAsync())
                {
                    await replies.WriteAsync(request);
                }
            })
            .Build();
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions { Map = app => app.MapGrpcService(definition) });
        byte[] sent = new byte[size];
        new Random(size).NextBytes(sent);

        using var call = host.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions());
        for (int i = 0; i < 3; i++)
        {
            await call.RequestStream.WriteAsync(sent);
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.True(sent.AsSpan().SequenceEqual(call.ResponseStream.Current));
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Serializer_ThrowsOnServer_CallFailsAndConnectionLives()
    {
        var broken = Marshallers.Create<string>(
            (_, context) =>
            {
                context.SetPayloadLength(100);
                context.GetBufferWriter().Write<byte>([1, 2, 3]);
                throw new InvalidOperationException("cannot serialize");
            },
            _ => "");
        var method = new Method<string, string>(MethodType.Unary, "raw.Broken", "Call", Marshallers.StringMarshaller, broken);
        ServerServiceDefinition definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(method, new UnaryServerMethod<string, string>((_, _) => Task.FromResult("x"))).Build();
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Map = app =>
            {
                app.MapGrpcService(definition);
                app.MapGrpcService<EchoService>();
            },
        });

        using var call = host.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), "x");
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal("alive", (await host.Client.UnaryAsync(new EchoRequest { Text = "alive" })).Text);
    }

    [Fact]
    public async Task Service_NotRegistered_NewPerCallAndDisposed()
    {
        var log = new LifetimeLog();
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Services = services => services.AddSingleton(log),
            Map = app => app.MapGrpcService<CountedService>(),
        });

        await host.Client.UnaryAsync(new EchoRequest());
        await host.Client.UnaryAsync(new EchoRequest());

        await log.WaitForDisposalsAsync(2);
        Assert.Equal(2, log.Made);
    }

    [Fact]
    public async Task Service_RegisteredAsSingleton_OneForAllCallsAndNotDisposed()
    {
        var log = new LifetimeLog();
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Services = services => services.AddSingleton(log).AddSingleton<CountedService>(),
            Map = app => app.MapGrpcService<CountedService>(),
        });

        await host.Client.UnaryAsync(new EchoRequest());
        await host.Client.UnaryAsync(new EchoRequest());

        Assert.Equal((1, 0), (log.Made, log.Disposed));
    }

    [Fact]
    public async Task Interceptors_OfServer_RunInOrderAroundEachCall()
    {
        var order = new List<string>();
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Behaviour = new EchoBehaviour
            {
                Unary = (_, _) =>
                {
                    order.Add("handler");
                    return Task.FromResult(new EchoReply());
                },
            },
            Services = services => services.AddSingleton(order),
            Grpc = options =>
            {
                options.Interceptors.Add<RecordingInterceptor>("outer");
                options.Interceptors.Add<RecordingInterceptor>("inner");
            },
        });

        await host.Client.UnaryAsync(new EchoRequest());

        Assert.Equal(["outer", "inner", "handler"], order);
    }

    [Fact]
    public async Task Interceptors_OfClient_SeeEachCallFirstToLast()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        var order = new List<string>();
        var client = new Echo.EchoClient(
            host.Channel.Intercept(new RecordingInterceptor(order, "a"), new RecordingInterceptor(order, "b")));

        await client.UnaryAsync(new EchoRequest());

        Assert.Equal(["a", "b"], order);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Compression_BothWays_RoundTripsAndNamesTheEncoding(string encoding)
    {
        string? requestEncoding = null;
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Behaviour = new EchoBehaviour
            {
                Unary = (request, context) =>
                {
                    requestEncoding = context.GetHttpContext().Request.Headers["grpc-encoding"];
                    return Task.FromResult(new EchoReply { Payload = request.Payload });
                },
            },
            Grpc = options =>
            {
                options.ResponseCompressionAlgorithm = encoding;
                options.ResponseCompressionLevel = CompressionLevel.SmallestSize;
            },
        });
        var payload = ByteString.CopyFrom(new byte[1_000_000]);

        EchoReply reply = await host.Client.UnaryAsync(
            new EchoRequest { Payload = payload }, new Metadata { { "grpc-internal-encoding-request", encoding } });

        Assert.Equal(payload, reply.Payload);
        Assert.Equal(encoding, requestEncoding);
    }

    [Fact]
    public async Task Compression_SmallMessageOfManyBytes_LimitHolds()
    {
        await using EchoHost host = await EchoHost.StartAsync(new EchoHostOptions
        {
            Grpc = options => options.MaxReceiveMessageSize = 100_000,
        });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.UnaryAsync(
            new EchoRequest { Payload = ByteString.CopyFrom(new byte[10_000_000]) },
            new Metadata { { "grpc-internal-encoding-request", "gzip" } }));

        Assert.Equal(StatusCode.ResourceExhausted, e.StatusCode);
    }

    [Fact]
    public async Task Credentials_OverInsecureChannel_SentOnlyWhereAllowed()
    {
        string? seen = null;
        var behaviour = new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                seen = context.RequestHeaders.GetValue("authorization");
                return Task.FromResult(new EchoReply());
            },
        };
        CallCredentials credentials = CallCredentials.FromInterceptor((context, metadata) =>
        {
            metadata.Add("authorization", $"token for {context.MethodName}");
            return Task.CompletedTask;
        });
        await using EchoHost host = await EchoHost.StartAsync(behaviour);
        using var trusting = GrpcChannel.ForAddress(
            host.Address, new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });

        await host.Client.UnaryAsync(new EchoRequest(), new CallOptions(credentials: credentials));
        string? overPlain = seen;
        await new Echo.EchoClient(trusting).UnaryAsync(new EchoRequest(), new CallOptions(credentials: credentials));

        Assert.Null(overPlain);
        Assert.Equal("token for Unary", seen);
    }

    private sealed class LifetimeLog
    {
        private readonly Channel<int> _disposals = Channel.CreateUnbounded<int>();
        private int _made;
        private int _disposed;

        public int Made => _made;

        public int Disposed => _disposed;

        public void OnMade() => Interlocked.Increment(ref _made);

        public void OnDisposed()
        {
            Interlocked.Increment(ref _disposed);
            _disposals.Writer.TryWrite(_disposed);
        }

        public async Task WaitForDisposalsAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await _disposals.Reader.ReadAsync().AsTask().WaitAsync(EchoHost.Patience);
            }
        }
    }

    private sealed class CountedService : Echo.EchoBase, IDisposable
    {
        private readonly LifetimeLog _log;

        public CountedService(LifetimeLog log)
        {
            _log = log;
            log.OnMade();
        }

        public override Task<EchoReply> Unary(EchoRequest request, ServerCallContext context) => Task.FromResult(new EchoReply());

        public void Dispose() => _log.OnDisposed();
    }

    private sealed class RecordingInterceptor(List<string> order, string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            order.Add(name);
            return continuation(request, context);
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            order.Add(name);
            return continuation(request, context);
        }
    }
}
