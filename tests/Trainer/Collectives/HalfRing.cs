using Granary.Trainer.Collectives;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Trainer.Tests.Collectives;

/// <summary>A real rank 0 whose neighbour, rank 1, knows the secret and is played by the test.</summary>
internal sealed class HalfRing : IAsyncDisposable
{
    private readonly CollectiveHost _host;
    private readonly CollectiveHost _other;
    private readonly GrpcChannel _channel;

    private HalfRing(CollectiveHost host, CollectiveHost other, GrpcChannel channel)
    {
        (_host, _other, _channel) = (host, other, channel);
        Call = new Collective.CollectiveClient(channel).Exchange();
    }

    public AsyncDuplexStreamingCall<RingMessage, RingMessage> Call { get; }

    public ICollective Rank { get; private set; } = null!;

    public static async Task<HalfRing> StartAsync()
    {
        var host = await CollectiveHost.StartAsync(RingHarness.Member(0, 2), "127.0.0.1", new RingOptions(), CancellationToken.None);
        var other = await CollectiveHost.StartAsync(RingHarness.Member(1, 2), "127.0.0.1", new RingOptions(), CancellationToken.None);
        var pair = new HalfRing(host, other, GrpcChannel.ForAddress($"http://{host.Endpoint}"));
        await pair.Call.RequestStream.WriteAsync(new RingMessage { Hello = HostilePeerTests.Hello() });
        pair.Rank = await host.JoinAsync([host.Endpoint, other.Endpoint], TimeProvider.System, CancellationToken.None);
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        Call.Dispose();
        await Rank.DisposeAsync();
        await _host.DisposeAsync();
        await _other.DisposeAsync();
        _channel.Dispose();
    }
}
