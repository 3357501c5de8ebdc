using System.Net;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Granary.Trainer.Collectives;

/// <summary>
/// One rank's gRPC ring: serves the Collective service, connects to the right neighbour, and tells all ranks when the ring breaks.
/// </summary>
internal sealed class CollectiveHost : IAsyncDisposable
{
    private const int FlowControlWindow = 4 << 20;
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AbortDeadline = TimeSpan.FromSeconds(2);

    private readonly WebApplication _server;
    private readonly RingMember _member;
    private readonly RingSeat _seat;
    private readonly RingHealth _health;
    private readonly RingOptions _options;
    private readonly List<GrpcChannel> _channels = [];

    private CollectiveHost(WebApplication server, string endpoint, RingSeat seat, RingHealth health, RingOptions options)
    {
        (_server, Endpoint, _seat, _health, _options) = (server, endpoint, seat, health, options);
        _member = seat.Member;
    }

    /// <summary>host:port at which the other ranks reach this one.</summary>
    public string Endpoint { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="member">This rank.</param>
    /// <param name="address">
    /// Host that the other ranks reach: an IP address is listened on; with a name, every address of this machine.
    /// </param>
    /// <param name="options">Sizes and deadlines.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<CollectiveHost> StartAsync(
        RingMember member, string address, RingOptions options, CancellationToken cancellationToken)
    {
        var health = new RingHealth();
        var seat = new RingSeat(member, health, options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, address, options));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 2 * RingOptions.MaxChunkBytes);
        builder.Services.AddSingleton(seat).AddSingleton(health).AddSingleton(options);
        var server = builder.Build();
        server.MapGrpcService<CollectiveService>();
        await server.StartAsync(cancellationToken);
        var port = new Uri(server.Urls.Single().Replace("[::]", "localhost", StringComparison.Ordinal)).Port;
        return new CollectiveHost(server, $"{address}:{port}", seat, health, options);
    }

    /// <summary>Joins the ring: opens the stream to the right neighbour and waits for the left one's.</summary>
    /// <param name="endpoints">host:port of every rank, in order of rank.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CollectiveException">A neighbour could not be reached in time, or refused.</exception>
    public async Task<ICollective> JoinAsync(IReadOnlyList<string> endpoints, TimeProvider time, CancellationToken cancellationToken)
    {
        if (endpoints.Count != _member.WorldSize)
        {
            throw new CollectiveException(
                $"Got {endpoints.Count} endpoints for {_member.WorldSize} ranks: the ranks do not agree on their number.");
        }

        _health.Tell = reason => TellOthersAsync(endpoints, reason);
        using var deadline = new CancellationTokenSource(_options.ConnectDeadline, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var right = new RingNeighbour(_member.Right, endpoints[_member.Right]);
        var sender = await ConnectAsync(right, time, ends.Token);
        try
        {
            await _seat.Attached.WaitAsync(ends.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await sender.DisposeAsync();
            throw _health.Failed($"Rank {_member.Left} at {endpoints[_member.Left]} did not connect to rank {_member.Rank} at {Endpoint} "
                + $"within {_options.ConnectDeadline.TotalSeconds} s: see that rank's log, and whether its node reaches {Endpoint}.");
        }

        return new RingCollective(_member, new RingLanes(_seat, endpoints[_member.Left], sender), _health, _options);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _seat.DisposeAsync();
        await _health.Told;
        foreach (var channel in _channels) channel.Dispose();
        await _server.DisposeAsync();
        _health.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, string address, RingOptions options)
    {
        kestrel.Limits.MaxRequestBodySize = null;
        // A stream is silent while its sender computes.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.Http2.InitialStreamWindowSize = FlowControlWindow;
        kestrel.Limits.Http2.InitialConnectionWindowSize = FlowControlWindow;
        kestrel.Limits.Http2.KeepAlivePingDelay = options.KeepAlive;
        kestrel.Limits.Http2.KeepAlivePingTimeout = options.KeepAlive;
        if (IPAddress.TryParse(address, out var ip)) kestrel.Listen(ip, 0, Http2);
        else if (address == "localhost") kestrel.Listen(IPAddress.Loopback, 0, Http2);
        else kestrel.ListenAnyIP(0, Http2);

        static void Http2(ListenOptions listen) => listen.Protocols = HttpProtocols.Http2;
    }

    private Collective.CollectiveClient Client(string endpoint)
    {
        var channel = GrpcChannel.ForAddress($"http://{endpoint}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                KeepAlivePingDelay = _options.KeepAlive,
                KeepAlivePingTimeout = _options.KeepAlive,
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                ConnectTimeout = _options.HandshakeDeadline,
            },
        });
        _channels.Add(channel);
        return new Collective.CollectiveClient(channel);
    }

    private async Task<GrpcRingSender> ConnectAsync(RingNeighbour right, TimeProvider time, CancellationToken cancellationToken)
    {
        var client = Client(right.Endpoint);
        for (var last = "no answer"; ;)
        {
            try
            {
                return await ShakeHandsAsync(client, right, cancellationToken);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.PermissionDenied)
            {
                throw _health.Failed($"{right} refused rank {_member.Rank}: {e.Status.Detail}");
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
            {
                last = $"{e.StatusCode}: {e.Status.Detail}";
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException)
            {
                throw _health.Failed(
                    $"{right} could not be reached by rank {_member.Rank} within {_options.ConnectDeadline.TotalSeconds} s ({last}).");
            }

            await Task.Delay(RetryWait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<GrpcRingSender> ShakeHandsAsync(
        Collective.CollectiveClient client, RingNeighbour right, CancellationToken cancellationToken)
    {
        // The call outlives the connection's deadline: only the wait for the acknowledgement is bounded.
        var call = client.Exchange(cancellationToken: CancellationToken.None);
        try
        {
            var hello = new RingHello { Id = _member.ToId(), WorldSize = _member.WorldSize, Secret = _member.Secret };
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(_options.HandshakeDeadline);
            await call.RequestStream.WriteAsync(new RingMessage { Hello = hello }, deadline.Token);
            var acknowledged = await call.ResponseStream.MoveNext(deadline.Token)
                && call.ResponseStream.Current.Hello is { Id: not null } answer
                && answer.Id.Rank == right.Rank
                && answer.WorldSize == _member.WorldSize;
            if (!acknowledged) throw new RpcException(new Status(StatusCode.PermissionDenied, "its answer is not that rank's hello"));
            return new GrpcRingSender(call, right, _health, _options.Window);
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    private Task TellOthersAsync(IReadOnlyList<string> endpoints, string reason)
    {
        if (_seat.Closing.IsCancellationRequested) return Task.CompletedTask;
        var request = new AbortRequest { Id = _member.ToId(), Secret = _member.Secret, Reason = reason };
        return Task.WhenAll(endpoints.Where((_, rank) => rank != _member.Rank).Select(endpoint => TellAsync(endpoint, request)));
    }

    private static async Task TellAsync(string endpoint, AbortRequest request)
    {
        try
        {
            using var channel = GrpcChannel.ForAddress($"http://{endpoint}");
            using var deadline = new CancellationTokenSource(AbortDeadline);
            await new Collective.CollectiveClient(channel).AbortAsync(request, cancellationToken: deadline.Token);
        }
        catch (RpcException)
        {
            // That rank is the one that is gone, or leaves too; nobody is left to tell.
        }
    }
}
