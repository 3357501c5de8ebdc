using System.Net;
using System.Security.Authentication;
using Google.Protobuf;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Granary.Trainer.Collectives;

/// <summary>
/// One rank among its attempt's ranks: serves the Collective service, connects to the ranks it sends to, and tells all when the ring breaks.
/// </summary>
internal sealed class CollectiveHost : IAsyncDisposable
{
    private const int StreamWindow = 4 << 20;

    // Room for heartbeats and aborts beside streams whose chunks nobody reads yet.
    private const int ConnectionWindow = 16 << 20;

    private const int LeastThreads = 16;

    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AbortDeadline = TimeSpan.FromSeconds(1);

    private readonly WebApplication _server;
    private readonly RingMember _member;
    private readonly RingSeats _seats;
    private readonly RingHealth _health;
    private readonly RingOptions _options;
    private readonly List<GrpcChannel> _channels = [];
    private RingCollective? _ring;

    private CollectiveHost(WebApplication server, string endpoint, RingSeats seats, RingHealth health, RingOptions options)
    {
        (_server, Endpoint, _seats, _health, _options) = (server, endpoint, seats, health, options);
        _member = seats.Member;
    }

    /// <summary>host:port at which the other ranks reach this one.</summary>
    public string Endpoint { get; }

    /// <summary>The node of each rank, in order of rank, for messages about them; set before the ranks join, or never.</summary>
    public IReadOnlyList<string> Nodes
    {
        set => _health.Nodes = value;
    }

    /// <summary>Whether every rank that sends to this one does so through shared memory.</summary>
    public bool UsesSharedMemory => _seats.Lanes.All(lane => lane[0].UsesSharedMemory);

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
        ReserveThreads();
        var health = new RingHealth();
        var seats = new RingSeats(member, health, options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, address, options));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 2 * RingOptions.MaxChunkBytes);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new LaneMemory());
        builder.Services.AddSingleton(seats).AddSingleton(health).AddSingleton(options);
        var server = builder.Build();
        server.MapGrpcService<CollectiveService>();
        await server.StartAsync(cancellationToken);
        var port = new Uri(server.Urls.Single().Replace("[::]", "localhost", StringComparison.Ordinal)).Port;
        return new CollectiveHost(server, $"{address}:{port}", seats, health, options);
    }

    /// <summary>Joins the ring: opens the streams to the ranks that this one sends to, and waits for those that send to it.</summary>
    /// <param name="endpoints">host:port of every rank, in order of rank.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CollectiveException">A rank could not be reached in time, or refused.</exception>
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
        List<ILaneSender> senders = [];
        List<ILaneReceiver> receivers = [];
        try
        {
            for (var k = 0; k < RingLanes.Count(_member.WorldSize); k++)
            {
                var to = _member.After(1 << k);
                var neighbour = new RingNeighbour(to, _health.NameOf(to), endpoints[to]);
                senders.Add(await OpenAsync(neighbour, RingLanes.Streams(k, _options), time, ends.Token));
            }

            foreach (var lane in _seats.Lanes) receivers.Add(await AttachedAsync(lane, endpoints, ends.Token, cancellationToken));
        }
        catch
        {
            foreach (var sender in senders) await sender.DisposeAsync();
            throw;
        }

        return _ring = new RingCollective(_member, new RingLanes(senders, receivers), _health, _options);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ring?.Close();
        foreach (var seat in _seats.All) await seat.DisposeAsync();
        await _health.Told;
        foreach (var channel in _channels) channel.Dispose();
        await _server.DisposeAsync();
        _health.Dispose();
    }

    // Heartbeats run on the pool, which grows slowly: where others block its threads for seconds, this rank would seem frozen.
    private static void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        if (workers < LeastThreads) ThreadPool.SetMinThreads(LeastThreads, completions);
    }

    private static void Configure(KestrelServerOptions kestrel, string address, RingOptions options)
    {
        kestrel.Limits.MaxRequestBodySize = null;
        // A stream is silent while its sender computes.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindow;
        kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
        kestrel.Limits.Http2.KeepAlivePingDelay = options.Probe;
        kestrel.Limits.Http2.KeepAlivePingTimeout = options.Probe;
        if (IPAddress.TryParse(address, out var ip)) kestrel.Listen(ip, 0, Http2);
        else if (address == "localhost") kestrel.Listen(IPAddress.Loopback, 0, Http2);
        else kestrel.ListenAnyIP(0, Http2);

        void Http2(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (options.Identity is { } identity) listen.UseHttps(identity.Server);
        }
    }

    private CallInvoker Connection(string endpoint)
    {
        var channel = Channel(endpoint);
        _channels.Add(channel);
        return channel.CreateCallInvoker();
    }

    private GrpcChannel Channel(string endpoint)
    {
        var handler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = _options.Probe,
            KeepAlivePingTimeout = _options.Probe,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ConnectTimeout = _options.HandshakeDeadline,
        };
        if (_options.Identity is { } identity) handler.SslOptions = identity.Client;
        var scheme = _options.Identity is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        return GrpcChannel.ForAddress(
            $"{scheme}://{endpoint}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    private async Task<ILaneSender> OpenAsync(RingNeighbour to, int streams, TimeProvider time, CancellationToken cancellationToken)
    {
        var first = await ConnectAsync(to, 0, streams, time, cancellationToken);
        if (streams == 1 || first is SharedMemorySender) return first;
        List<ILaneSender> all = [first];
        try
        {
            for (var stream = 1; stream < streams; stream++) all.Add(await ConnectAsync(to, stream, streams, time, cancellationToken));
        }
        catch
        {
            foreach (var opened in all) await opened.DisposeAsync();
            throw;
        }

        return new StripedSender(all);
    }

    private async Task<ILaneSender> ConnectAsync(
        RingNeighbour to, int stream, int streams, TimeProvider time, CancellationToken cancellationToken)
    {
        var invoker = Connection(to.Endpoint);
        for (var last = "no answer"; ;)
        {
            try
            {
                return await ShakeHandsAsync(invoker, to, stream, streams, cancellationToken);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.PermissionDenied)
            {
                throw _health.Failed($"{to} refused rank {_member.Rank}: {e.Status.Detail}");
            }
            catch (RpcException e) when (Distrust(e) is { } distrust)
            {
                throw _health.Failed(
                    $"{to} and rank {_member.Rank} do not trust each other's certificates ({distrust.Message}): the agents of all nodes need "
                    + "certificates of one authority, or none of them has any.");
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
            {
                last = $"{e.StatusCode}: {e.Status.Detail}";
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException)
            {
                throw _health.Failed(
                    $"{to} could not be reached by rank {_member.Rank} within {_options.ConnectDeadline.TotalSeconds} s ({last}).");
            }

            await Task.Delay(RetryWait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // It will be the same the next time, unlike a rank that does not listen yet.
    private static AuthenticationException? Distrust(Exception? e) =>
        e is null ? null : e as AuthenticationException ?? Distrust(e.InnerException);

    private async Task<ILaneReceiver> AttachedAsync(
        IReadOnlyList<RingSeat> lane, IReadOnlyList<string> endpoints, CancellationToken deadline, CancellationToken cancellationToken)
    {
        await AttachedAsync(lane[0], endpoints, deadline, cancellationToken);
        if (lane.Count == 1 || lane[0].UsesSharedMemory) return lane[0];
        foreach (var seat in lane.Skip(1)) await AttachedAsync(seat, endpoints, deadline, cancellationToken);
        return new StripedReceiver(lane);
    }

    private async Task AttachedAsync(
        RingSeat seat, IReadOnlyList<string> endpoints, CancellationToken deadline, CancellationToken cancellationToken)
    {
        try
        {
            await seat.Attached.WaitAsync(deadline);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _health.Failed($"{_health.NameOf(seat.From)} at {endpoints[seat.From]} did not connect to rank {_member.Rank} at {Endpoint} "
                + $"within {_options.ConnectDeadline.TotalSeconds} s: see that rank's log, and whether its node reaches {Endpoint}.");
        }
    }

    private async Task<ILaneSender> ShakeHandsAsync(
        CallInvoker invoker, RingNeighbour to, int stream, int streams, CancellationToken cancellationToken)
    {
        SharedMemoryOffer? offer = null;
        var region = stream == 0 ? Offer(out offer) : null;
        // The call outlives the connection's deadline: only the wait for the acknowledgement is bounded.
        var call = invoker.AsyncDuplexStreamingCall(CollectiveMethods.Exchange, null, default);
        try
        {
            var hello = new RingHello
            {
                Id = _member.ToId(),
                WorldSize = _member.WorldSize,
                Secret = _member.Secret,
                SharedMemory = offer is null ? null : ToWire(offer),
                Wire = (uint)_options.Wire,
                Stream = (uint)stream,
                Streams = (uint)streams,
                Ring = _member.Ring,
            };
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(_options.HandshakeDeadline);
            await call.RequestStream.WriteAsync(RingFrame.Of(new RingMessage { Hello = hello }), deadline.Token);
            if (!await call.ResponseStream.MoveNext(deadline.Token)
                || call.ResponseStream.Current.Hello is not { Id: not null } answer
                || answer.Id.Rank != to.Rank
                || answer.WorldSize != _member.WorldSize
                || answer.Ring != _member.Ring)
            {
                throw new RpcException(new Status(StatusCode.PermissionDenied, "its answer is not that rank's hello"));
            }

            var link = new OutgoingLink(call, to, _health, _options.Silence);
            if (region is not null && answer.SharedMemoryAccepted) return new SharedMemorySender(region, link, _health);
            region?.Dispose();
            return new GrpcLaneSender(link, _health, _options.Slots);
        }
        catch
        {
            region?.Dispose();
            call.Dispose();
            throw;
        }
        finally
        {
            // Both have it open by now, or never will.
            if (offer is not null) SharedMemoryRegion.Forget(_options.SharedMemoryFolder!, offer);
        }
    }

    private SharedMemoryRegion? Offer(out SharedMemoryOffer? offer)
    {
        offer = null;
        if (_options.SharedMemoryFolder is not { } folder || !Futex.IsSupported) return null;
        try
        {
            return SharedMemoryRegion.Create(folder, _options.Slots, _options.ChunkBytes, out offer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No such file system, or no room in it: the chunks take the network.
            return null;
        }
    }

    private static SharedMemory ToWire(SharedMemoryOffer offer) => new()
    {
        Name = offer.Name,
        Nonce = ByteString.CopyFrom(offer.Nonce),
        Slots = offer.Slots,
        SlotBytes = offer.SlotBytes,
    };

    private Task TellOthersAsync(IReadOnlyList<string> endpoints, string reason)
    {
        if (_seats.All.Any(seat => seat.Closing.IsCancellationRequested)) return Task.CompletedTask;
        var request = new AbortRequest { Id = _member.ToId(), Secret = _member.Secret, Ring = _member.Ring, Reason = reason };
        return Task.WhenAll(endpoints.Where((_, rank) => rank != _member.Rank).Select(endpoint => TellAsync(endpoint, request)));
    }

    private async Task TellAsync(string endpoint, AbortRequest request)
    {
        try
        {
            using var channel = Channel(endpoint);
            using var deadline = new CancellationTokenSource(AbortDeadline);
            await new Collective.CollectiveClient(channel).AbortAsync(request, cancellationToken: deadline.Token);
        }
        catch (RpcException)
        {
            // That rank is the one that is gone, or leaves too; nobody is left to tell.
        }
    }
}
