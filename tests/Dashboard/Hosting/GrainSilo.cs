using System.Net;
using System.Net.Sockets;
using Granary.Catalog;
using Granary.Grains;
using Granary.Pools;
using Granary.Sweeps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Granary.Dashboard.Tests.Hosting;

/// <summary>A silo in this process with the real grains, its state in memory; grain clients reach it over a real socket.</summary>
internal sealed class GrainSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private GrainSilo(IHost host, IPEndPoint gateway) => (_host, Gateway) = (host, gateway);

    public IPEndPoint Gateway { get; }

    private IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    private ICatalogGrain Catalog => Grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);

    public static async Task<GrainSilo> StartAsync()
    {
        int silo = FreePort();
        int gateway = FreePort();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGranaryGrains();
        builder.UseOrleans(orleans => orleans
            .UseLocalhostClustering(silo, gateway, primarySiloEndpoint: null, "granary", "granary")
            .AddMemoryGrainStorage(GrainStorageNames.Granary));
        IHost host = builder.Build();
        await host.StartAsync();
        return new GrainSilo(host, new IPEndPoint(IPAddress.Loopback, gateway));
    }

    /// <summary>A sweep of two trials that wait for a device: its pool has none.</summary>
    public async Task<string> SubmitAsync(string name)
    {
        string file = $$"""
            name: {{name}}
            data: { set: fashion-mnist, batch: 64, limit: 640 }
            model: lenet-relu
            train: { epochs: 1, optimizer: sgd }
            search:
              algorithm: grid
              space:
                lr: [0.01, 0.02]
              objective: { maximize: valid-accuracy }
            resources: { devices: 1, pool: {{name}} }
            """;
        SubmissionReceipt receipt = await Catalog.SubmitAsync(new SweepSubmission(file, "test.yaml", Fresh: true), CancellationToken.None);
        return receipt.Sweep.Value;
    }

    public async Task<SweepState> StateAsync(string sweep) =>
        (await Grains.GetGrain<ISweepGrain>(sweep).GetAsync(CancellationToken.None))!.Summary.State;

    /// <summary>Makes the catalog know a sweep whose best value is <paramref name="best"/>.</summary>
    public Task AddFinishedAsync(string sweep, double best) => Catalog.SweepChangedAsync(
        new SweepSummary
        {
            Id = new SweepId(sweep),
            Name = sweep,
            State = SweepState.Failed,
            Metric = "valid-loss",
            Maximize = false,
            PlannedTrials = 1,
            Best = best,
            Created = TimeProvider.System.GetUtcNow(),
            FileHash = sweep,
        },
        CancellationToken.None);

    public async Task AddNodeAsync(string pool, string node, params string[] devices)
    {
        await Grains.GetGrain<IPoolGrain>(pool).AddNodeAsync(
            node, [.. devices.Select(device => new NodeDevice(device, "test core", 1))], CancellationToken.None);
        await Catalog.PoolSeenAsync(pool, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
