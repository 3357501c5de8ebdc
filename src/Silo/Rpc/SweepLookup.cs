using Granary.Catalog;
using Granary.Silo.Wire;
using Granary.Sweeps;
using Granary.Trials;
using Grpc.Core;

namespace Granary.Silo.Rpc;

/// <summary>Finds the sweep or trial that a request means.</summary>
internal sealed class SweepLookup(IGrainFactory grains)
{
    private const int MostCompared = 1_000;

    /// <summary>The index of sweeps.</summary>
    public ICatalogGrain Catalog => grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);

    /// <summary>The sweep of that id, or the newest of that name.</summary>
    /// <exception cref="RpcException">NOT_FOUND: names the nearest.</exception>
    public async Task<SweepId> FindAsync(string idOrName, CancellationToken cancellationToken)
    {
        Requests.Name(idOrName, "sweep");
        if (await Catalog.FindAsync(idOrName, cancellationToken) is { } summary) return summary.Id;
        IReadOnlyList<SweepSummary> all = await Catalog.ListAsync(MostCompared, cancellationToken);
        if (all.Count == 0) throw RpcFaults.NotFound($"There is no sweep '{idOrName}': none was submitted yet.");
        string hint = Names.Hint(idOrName, all.Select(sweep => sweep.Id.Value).Concat(all.Select(sweep => sweep.Name)).Distinct());
        throw RpcFaults.NotFound($"There is no sweep '{idOrName}'{(hint.Length > 0 ? hint : ".")}");
    }

    /// <summary>The trial as it stands.</summary>
    /// <exception cref="RpcException">NOT_FOUND: there is no such trial.</exception>
    public async Task<TrialSnapshot> TrialAsync(TrialId trial, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<ITrialGrain>(trial.ToString()).GetAsync(cancellationToken) is { } snapshot) return snapshot;
        SweepId sweep = await FindAsync(trial.Sweep.Value, cancellationToken);
        throw RpcFaults.NotFound($"Sweep '{sweep}' has no trial {trial.Number}.");
    }
}
