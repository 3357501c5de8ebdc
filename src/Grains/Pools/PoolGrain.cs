using Granary.Grains.Durability;
using Granary.Pools;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Pools;

/// <summary>
/// Keeps a pool's books (<see cref="PoolLedger"/>) and carries out what they say. They are stored rather than rebuilt: a rebuilt queue
/// would forget the order of arrival, and a device could be placed anew before its holder had been asked.
/// </summary>
internal sealed partial class PoolGrain : Grain, IPoolGrain
{
    private readonly GrainStore<PoolGrainState> _store;
    private readonly ILogger<PoolGrain> _logger;
    private readonly EffectPump _pump;
    private readonly HashSet<AttemptId> _toCheck = [];
    private bool _announced;

    public PoolGrain([PersistentState("pool", GrainStorageNames.Granary)] IPersistentState<PoolGrainState> state, ILogger<PoolGrain> logger)
    {
        _store = new GrainStore<PoolGrainState>(state, DeactivateOnIdle);
        _logger = logger;
        _pump = new EffectPump(this, DrainAsync);
    }

    private string Name => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store.Load();
        // A trial may have ended, or been told, without the pool hearing of it: it is woken, and gives back what it no longer needs.
        _toCheck.UnionWith(_store.Current.Gangs.Select(gang => gang.Request.Attempt));
        if (_store.Current.Slots.Count > 0)
            _pump.Kick();
        return Task.CompletedTask;
    }

    public Task AddNodeAsync(string node, IReadOnlyList<NodeDevice> devices, CancellationToken cancellationToken) =>
        CommitAsync(state => PoolLedger.AddNode(state, node, devices), cancellationToken);

    public Task RemoveNodeAsync(string node, CancellationToken cancellationToken) =>
        CommitAsync(state => PoolLedger.RemoveNode(state, node), cancellationToken);

    public Task RequestAsync(GangRequest request, CancellationToken cancellationToken) =>
        CommitAsync(state => PoolLedger.Request(state, request), cancellationToken);

    public Task ReleaseAsync(AttemptId attempt, CancellationToken cancellationToken) =>
        CommitAsync(state => PoolLedger.Release(state, attempt), cancellationToken);

    public Task ReleaseRankAsync(RankId rank, CancellationToken cancellationToken) =>
        CommitAsync(state => PoolLedger.ReleaseRank(state, rank), cancellationToken);

    public Task ReplaceRankAsync(RankId rank, CancellationToken cancellationToken) =>
        CommitAsync(state => PoolLedger.Replace(state, rank), cancellationToken);

    public Task<PoolSnapshot> GetAsync(CancellationToken cancellationToken) => Task.FromResult(PoolLedger.Snapshot(_store.Current));

    private async Task CommitAsync(Func<PoolGrainState, PoolGrainState> step, CancellationToken cancellationToken)
    {
        await _store.CommitAsync(step, cancellationToken);
        _pump.Kick();
    }
}
