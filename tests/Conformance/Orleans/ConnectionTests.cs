using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Granary.Conformance.Orleans.Tests;

/// <summary>Clients and gateways in trouble, over real sockets.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Client_WhenTheSiloRestarts_FailsMeanwhileAndWorksAgain()
    {
        var silo = await TestSilo.StartAsync();
        await using var client = await TestClient.StartAsync(silo.GatewayPort);
        var grain = client.Grains.GetGrain<IProbeGrain>("restart");
        string first = await grain.GetActivationAsync();
        await silo.DisposeAsync();
        await Assert.ThrowsAsync<SiloUnavailableException>(grain.GetActivationAsync);

        await using var again = await TestSilo.StartAsync(gatewayPort: silo.GatewayPort);
        await Eventually.TrueAsync(async () => await Record.ExceptionAsync(grain.GetActivationAsync) is null, "the client has reconnected");
        Assert.NotEqual(first, await grain.GetActivationAsync());
    }

    [Fact]
    public async Task Client_WithoutASilo_FailsToStart() =>
        await Assert.ThrowsAnyAsync<OrleansException>(() => TestClient.StartAsync(TestSilo.FreePort()));

    [Fact]
    public async Task Client_WithARetryFilter_WaitsForTheSilo()
    {
        int port = TestSilo.FreePort();
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var starting = TestClient.StartAsync(port, b => b.UseConnectionRetryFilter(async (_, token) =>
        {
            tried.TrySetResult();
            await Task.Delay(20, token);
            return true;
        }));
        await tried.Task;
        await using var silo = await TestSilo.StartAsync(gatewayPort: port);
        await using var client = await starting;
        Assert.Equal("probe/late", await client.Grains.GetGrain<IProbeGrain>("late").GetIdentityAsync());
    }

    [Fact]
    public async Task Client_OfAnotherCluster_IsRefused()
    {
        await using var silo = await TestSilo.StartAsync();
        var refused = await Assert.ThrowsAnyAsync<OrleansException>(
            () => TestClient.StartAsync(silo.GatewayPort, b => b.Configure<ClusterOptions>(o => o.ClusterId = "elsewhere")));
        Assert.NotEmpty(refused.Message);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GRO\u0001\u007f\u007f\u007f\u007f")]
    [InlineData("")]
    public async Task Gateway_OnGarbage_ClosesItAndServesOthers(string garbage)
    {
        await using var silo = await TestSilo.StartAsync(b => b.Configure<ConnectionOptions>(o => o.OpenConnectionTimeout = TimeSpan.FromSeconds(1)));
        await using var client = await TestClient.StartAsync(silo.GatewayPort);
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, silo.GatewayPort);
        await stranger.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(garbage));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        int read = await ReadOrResetAsync(stranger, timeout.Token);
        Assert.Equal(0, read);
        Assert.Equal("probe/served", await client.Grains.GetGrain<IProbeGrain>("served").GetIdentityAsync());
    }

    [Fact]
    public async Task Message_LargerThanTheLimit_FailsAtTheCallerAndTheConnectionLives()
    {
        await using var silo = await TestSilo.StartAsync();
        await using var client = await TestClient.StartAsync(silo.GatewayPort, b => b.Configure<ClientMessagingOptions>(o => o.MaxMessageBodySize = 100_000));
        var grain = client.Grains.GetGrain<IProbeGrain>("large");
        await Assert.ThrowsAnyAsync<Exception>(() => grain.EchoBytesAsync(new byte[200_000]));
        Assert.Equal(50_000, (await grain.EchoBytesAsync(new byte[50_000])).Length);
    }

    private static async Task<int> ReadOrResetAsync(TcpClient stranger, CancellationToken cancellationToken)
    {
        try
        {
            return await stranger.GetStream().ReadAsync(new byte[16], cancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
