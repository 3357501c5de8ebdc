using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Starts and stops the silo with its host: first everything inside, the gateway last; the other way round at the stop.</summary>
internal sealed class SiloHost : IHostedService
{
    private readonly Silo _silo;
    private readonly SiloLifecycle _lifecycle = new();

    public SiloHost(Silo silo, IOptions<ClusterOptions> cluster, IEnumerable<ILifecycleParticipant<ISiloLifecycle>> participants)
    {
        _silo = silo;
        _lifecycle.Subscribe("runtime", ServiceLifecycleStage.RuntimeGrainServices, StartGrains);
        // One stage under the gateway: at the stop the gateway refuses requests first, then grains end while storages still work.
        _lifecycle.Subscribe("grains", ServiceLifecycleStage.BecomeActive - 1, static _ => Task.CompletedTask, silo.StopAsync);
        _lifecycle.Subscribe("gateway", ServiceLifecycleStage.BecomeActive, _ => OpenGateway(cluster.Value), silo.Gateway.RefuseAsync);
        foreach (var participant in participants)
            participant.Participate(_lifecycle);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _lifecycle.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await StopAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _lifecycle.StopAsync(cancellationToken).ConfigureAwait(false);
        await _silo.Gateway.CloseAsync().ConfigureAwait(false);
    }

    private Task StartGrains(CancellationToken cancellationToken)
    {
        _silo.Start();
        return Task.CompletedTask;
    }

    private Task OpenGateway(ClusterOptions cluster)
    {
        string endpoint = _silo.Gateway.Open();
        _silo.Log.SiloStarted(endpoint, cluster.ClusterId, _silo.ClassCount);
        return Task.CompletedTask;
    }
}
