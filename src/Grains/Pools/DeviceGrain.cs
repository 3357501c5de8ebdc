using Granary.Grains.Durability;
using Granary.Pools;

namespace Granary.Grains.Pools;

/// <summary>The lease of one device. It never changes hands without having been given back by its holder.</summary>
internal sealed class DeviceGrain : Grain, IDeviceGrain
{
    private readonly GrainStore<DeviceGrainState> _store;

    public DeviceGrain([PersistentState("device", GrainStorageNames.Granary)] IPersistentState<DeviceGrainState> state) =>
        _store = new GrainStore<DeviceGrainState>(state, DeactivateOnIdle);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store.Load();
        return Task.CompletedTask;
    }

    public Task<RankId> LeaseAsync(RankId rank, CancellationToken cancellationToken) => _store.CommitAsync(
        state => state.Holder is RankId holder ? (state, holder) : (new DeviceGrainState { Holder = rank }, rank), cancellationToken);

    public Task ReleaseAsync(RankId rank, CancellationToken cancellationToken) => _store.CommitAsync(
        state => state.Holder == rank ? new DeviceGrainState() : state, cancellationToken);

    public Task<RankId?> GetHolderAsync(CancellationToken cancellationToken) => Task.FromResult(_store.Current.Holder);
}
