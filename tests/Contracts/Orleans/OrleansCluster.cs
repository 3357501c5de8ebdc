using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace Granary.Contracts.Tests.Orleans;

/// <summary>One silo; its callers are in it, as the product's gRPC services are in theirs.</summary>
public sealed class OrleansCluster : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    internal IGrainFactory Grains => _cluster!.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.Options.InitializeClientOnDeploy = false;
        builder.ConfigureSiloHost((_, host) => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) => silo.AddMemoryGrainStorage(StateGrain.Storage));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster!.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}
