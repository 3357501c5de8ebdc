namespace Granary.Conformance.Orleans.Tests;

/// <summary>One silo and one client, shared by the tests that change nothing about them.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public TestSilo Silo { get; private set; } = null!;

    public TestClient Client { get; private set; } = null!;

    /// <summary>The factory inside the silo, or the one of the client in front of it.</summary>
    public IGrainFactory Factory(bool remote) => remote ? Client.Grains : Silo.Grains;

    public async Task InitializeAsync()
    {
        Silo = await TestSilo.StartAsync();
        Client = await TestClient.StartAsync(Silo.GatewayPort);
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await Silo.DisposeAsync();
    }
}
