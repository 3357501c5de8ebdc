using Granary.Trainer.Collectives;
using Granary.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Granary.Trainer.Tests.Collectives;

public sealed class RingIdentityTests
{
    [Fact]
    public async Task AllReduceAsync_BetweenCertifiedNodes_IsTheSum()
    {
        using var authority = new CertificateFolder();
        using var first = RingIdentity.Load(authority.Node("first"));
        using var second = RingIdentity.Load(authority.Node("second"));
        await using var ring = new RingHarness();
        await ring.ServeAsync([Options(first), Options(second)]);
        await ring.JoinAsync();

        await CollectiveSuite.SumsAsync(ring.Ranks, 300_001);
    }

    [Fact]
    public async Task Connection_WithoutACertificate_IsRefusedAtTheHandshake()
    {
        using var authority = new CertificateFolder();
        using var identity = RingIdentity.Load(authority.Node("node"));
        await using var ring = new RingHarness();
        await ring.ServeAsync([Options(identity), Options(identity)]);
        var trusts = identity.Client.RemoteCertificateValidationCallback;
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = trusts } };

        await RefusedAsync(ring, handler);
    }

    [Fact]
    public async Task Connection_WithAnotherAuthoritysCertificate_IsRefusedAtTheHandshake()
    {
        using var authority = new CertificateFolder();
        using var other = new CertificateFolder();
        using var identity = RingIdentity.Load(authority.Node("node"));
        using var stranger = RingIdentity.Load(other.Node("node"));
        await using var ring = new RingHarness();
        await ring.ServeAsync([Options(identity), Options(identity)]);
        var shown = stranger.Client;
        shown.RemoteCertificateValidationCallback = identity.Client.RemoteCertificateValidationCallback;
        using var handler = new SocketsHttpHandler { SslOptions = shown };

        await RefusedAsync(ring, handler);
    }

    [Fact]
    public async Task JoinAsync_NeighbourOfAnotherAuthority_IsNotTrusted()
    {
        using var authority = new CertificateFolder();
        using var other = new CertificateFolder();
        using var first = RingIdentity.Load(authority.Node("first"));
        using var second = RingIdentity.Load(other.Node("second"));
        await using var ring = new RingHarness();
        await ring.ServeAsync([Options(first), Options(second)]);

        var error = await Assert.ThrowsAsync<CollectiveException>(
            () => ring.Hosts[0].JoinAsync(ring.Endpoints, TimeProvider.System, CancellationToken.None));

        string expected = $"Rank 1 at {ring.Endpoints[1]} and rank 0 do not trust each other's certificates";
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_KeyOfAnotherCertificate_NamesTheFiles()
    {
        using var authority = new CertificateFolder();
        var files = authority.Node("first") with { Key = authority.Node("second").Key };

        var error = Assert.Throws<FormatException>(() => RingIdentity.Load(files));

        Assert.Contains(files.Key, error.Message, StringComparison.Ordinal);
    }

    // The right secret does not help: the call never reaches the service.
    private static async Task RefusedAsync(RingHarness ring, SocketsHttpHandler handler)
    {
        using var channel = GrpcChannel.ForAddress($"https://{ring.Endpoints[0]}", new GrpcChannelOptions { HttpHandler = handler });
        var abort = new AbortRequest { Id = RingHarness.Member(1, 2).ToId(), Secret = RingHarness.Secret, Reason = "mischief" };

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await new Collective.CollectiveClient(channel).AbortAsync(abort));

        Assert.NotEqual(StatusCode.PermissionDenied, error.StatusCode);
        await ring.JoinAsync();
        await CollectiveSuite.SumsAsync(ring.Ranks, 1000);
    }

    private static RingOptions Options(RingIdentity identity) =>
        RingHarness.Lanes(sharedMemory: false) with { Identity = identity, ConnectDeadline = TimeSpan.FromSeconds(5) };
}
