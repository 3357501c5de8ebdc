using Granary.Catalog;
using Granary.Pools;
using Granary.Sweeps;
using Granary.Trials;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Granary.Grains.Tests.Running;

/// <summary>A silo in this process, with the real grains. Callers are in it, as the product's gRPC services are.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly InProcessTestCluster _cluster;

    private TestSilo(InProcessTestCluster cluster) => _cluster = cluster;

    public IGrainFactory Grains => _cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();

    public ICatalogGrain Catalog => Grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);

    public IPoolGrain Pool => Grains.GetGrain<IPoolGrain>("default");

    public static async Task<TestSilo> StartAsync(
        SharedStorage storage, Action<FleetOptions>? fleet = null, Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.Options.InitializeClientOnDeploy = false;
        builder.ConfigureSiloHost((_, host) => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGranaryGrains();
            silo.Services.AddGrainStorage(GrainStorageNames.Granary, (_, _) => storage);
            silo.Services.Configure<FleetOptions>(options =>
            {
                options.HeartbeatInterval = TimeSpan.FromMilliseconds(200);
                options.LostAfter = TimeSpan.FromSeconds(5);
                fleet?.Invoke(options);
            });
            configure?.Invoke(silo);
        });
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestSilo(cluster);
    }

    public async Task<SweepId> SubmitAsync(string file)
    {
        SubmissionReceipt receipt = await Catalog.SubmitAsync(new SweepSubmission(file, "test.yaml", Fresh: false), CancellationToken.None);
        return receipt.Sweep;
    }

    public ISweepGrain Sweep(SweepId id) => Grains.GetGrain<ISweepGrain>(id.Value);

    public ITrialGrain Trial(SweepId id, int number) => Grains.GetGrain<ITrialGrain>(new TrialId(id, number).ToString());

    public async Task<SweepSnapshot> UntilAsync(SweepId id, Func<SweepSnapshot, bool> condition)
    {
        SweepSnapshot? last = null;
        return (await WaitAsync(
            async () => last = await Sweep(id).GetAsync(CancellationToken.None),
            snapshot => snapshot is not null && condition(snapshot),
            () => last is null ? "no sweep" : Describe(last)))!;
    }

    /// <summary>Looks until the condition holds; fails with what it saw last.</summary>
    public static async Task<T> WaitAsync<T>(Func<Task<T>> look, Func<T, bool> condition, Func<string> describe)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested)
        {
            T seen = await look();
            if (condition(seen))
                return seen;
            await Task.Delay(20, CancellationToken.None);
        }

        Assert.Fail($"The condition did not hold within {Patience}: {describe()}");
        throw new InvalidOperationException();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private static string Describe(SweepSnapshot sweep) =>
        $"{sweep.Summary.State} {sweep.Summary.Reason}: " +
        string.Join("; ", sweep.Trials.Select(trial => $"{trial.Definition.Id.Number} {trial.State} attempt {trial.Attempt} epoch {trial.EpochsDone} {trial.Reason}"));
}
