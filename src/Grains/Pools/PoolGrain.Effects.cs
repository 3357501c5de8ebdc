using Granary.Catalog;
using Granary.Grains.Trials;
using Granary.Pools;
using Granary.Trials;

namespace Granary.Grains.Pools;

internal sealed partial class PoolGrain
{
    private async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        bool done = await TryAsync(AnnounceAsync, "announce itself", cancellationToken);
        foreach (PoolSlot slot in _store.Current.Slots.Where(slot => slot.Releasing))
            done &= await TryAsync(token => FreeAsync(slot, token), "free a device", cancellationToken);
        foreach (PoolSlot stranger in PoolLedger.Strangers(_store.Current))
            done &= await TryAsync(token => ClearUpAsync(stranger, token), "clear up a lease", cancellationToken);
        foreach (PoolGang gang in _store.Current.Gangs.Where(gang => gang.Progress == GangProgress.Leasing))
            done &= await TryAsync(token => LeaseAsync(gang, token), "lease devices", cancellationToken);
        foreach (PoolGang gang in _store.Current.Gangs.Where(gang => gang.Progress == GangProgress.Telling))
            done &= await TryAsync(token => TellAsync(gang, token), "tell a trial", cancellationToken);
        foreach (PoolReplacement replacement in _store.Current.Replacements.Where(replacement => replacement.Device is not null))
            done &= await TryAsync(token => ReplaceAsync(replacement, token), "replace a rank", cancellationToken);
        foreach (AttemptId attempt in _toCheck.ToArray())
            done &= await TryAsync(token => WakeAsync(attempt, token), "wake a trial", cancellationToken);
        return done;
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> effect, string what, CancellationToken cancellationToken)
    {
        try
        {
            await effect(cancellationToken);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogEffectFailed(failure, Name, what);
            return false;
        }
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        if (_announced)
            return;
        await GrainFactory.GetGrain<ICatalogGrain>(ICatalogGrain.Key).PoolSeenAsync(Name, cancellationToken);
        _announced = true;
    }

    private async Task FreeAsync(PoolSlot slot, CancellationToken cancellationToken)
    {
        if (slot.Holder is not RankId holder)
            return;
        await Device(slot.Id).ReleaseAsync(holder, cancellationToken);
        await CommitAsync(state => PoolLedger.Freed(state, slot.Id, holder), cancellationToken);
    }

    private async Task LeaseAsync(PoolGang gang, CancellationToken cancellationToken)
    {
        for (int rank = 0; rank < gang.Placement.Devices.Count; rank++)
        {
            DeviceId device = gang.Placement.Devices[rank];
            var wanted = new RankId(gang.Request.Attempt, rank);
            RankId holder = await Device(device).LeaseAsync(wanted, cancellationToken);
            if (holder == wanted)
                continue;
            LogLeaseRefused(Name, device, wanted, holder);
            await CommitAsync(state => PoolLedger.Refused(state, gang, device, holder), cancellationToken);
            return;
        }

        await _store.UpdateAsync(state => PoolLedger.Advance(state, gang.Request.Attempt, GangProgress.Telling), cancellationToken);
    }

    private async Task TellAsync(PoolGang gang, CancellationToken cancellationToken)
    {
        AttemptId attempt = gang.Request.Attempt;
        try
        {
            await Trial(attempt).PlacedAsync(gang.Placement, cancellationToken);
            await _store.UpdateAsync(state => PoolLedger.Advance(state, attempt, GangProgress.Held), cancellationToken);
        }
        catch (Exception refusal) when (refusal is KeyNotFoundException or InvalidTransitionException)
        {
            LogPlacementRefused(refusal, Name, attempt);
            await CommitAsync(state => PoolLedger.Release(state, attempt), cancellationToken);
        }
    }

    private async Task ReplaceAsync(PoolReplacement replacement, CancellationToken cancellationToken)
    {
        (RankId rank, DeviceId device) = (replacement.Rank, replacement.Device!.Value);
        if (replacement.Progress == GangProgress.Leasing)
        {
            RankId holder = await Device(device).LeaseAsync(rank, cancellationToken);
            if (holder != rank)
            {
                LogLeaseRefused(Name, device, rank, holder);
                await CommitAsync(state => PoolLedger.Refused(state, rank, holder), cancellationToken);
                return;
            }

            await _store.UpdateAsync(state => PoolLedger.Leased(state, rank), cancellationToken);
        }

        try
        {
            await Trial(rank.Attempt).ReplacedAsync(rank, device, cancellationToken);
            await _store.UpdateAsync(state => PoolLedger.Served(state, rank), cancellationToken);
        }
        catch (Exception refusal) when (refusal is KeyNotFoundException or InvalidTransitionException)
        {
            LogPlacementRefused(refusal, Name, rank.Attempt);
            await CommitAsync(state => PoolLedger.ReleaseRank(state, rank), cancellationToken);
        }
    }

    private async Task WakeAsync(AttemptId attempt, CancellationToken cancellationToken)
    {
        try
        {
            await Trial(attempt).EnsureRunningAsync(cancellationToken);
        }
        catch (KeyNotFoundException)
        {
            await CommitAsync(state => PoolLedger.Release(state, attempt), cancellationToken);
        }

        _toCheck.Remove(attempt);
    }

    // A lease that nobody uses any more is left over from a crash; one that is in use belongs to another pool's gang, and ends with it.
    private async Task ClearUpAsync(PoolSlot stranger, CancellationToken cancellationToken)
    {
        if (stranger.Holder is not RankId holder)
            return;
        TrialSnapshot? trial = await Trial(holder.Attempt).GetAsync(cancellationToken);
        bool used = trial is not null && trial.Attempt == holder.Attempt.Attempt && trial.Devices.Contains(stranger.Id);
        if (used)
            throw new InvalidOperationException($"Device {stranger.Id} is leased by {holder}, which still uses it.");
        await CommitAsync(state => PoolLedger.Expel(state, stranger), cancellationToken);
    }

    private IDeviceGrain Device(DeviceId device) => GrainFactory.GetGrain<IDeviceGrain>(device.ToString());

    private ITrialGrain Trial(AttemptId attempt) => GrainFactory.GetGrain<ITrialGrain>(attempt.Trial.ToString());
}
