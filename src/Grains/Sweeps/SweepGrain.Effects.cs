using Granary.Catalog;
using Granary.Pools;
using Granary.Sweeps;
using Granary.Trials;

namespace Granary.Grains.Sweeps;

internal sealed partial class SweepGrain
{
    private async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        bool done = await TryAsync(FillAsync, "ask for trials", cancellationToken);
        foreach (SweepTrial trial in _store.Current.Trials.Where(IsToBeTold).ToArray())
            done &= await TryAsync(token => TellAsync(trial, token), "tell a trial", cancellationToken);
        return await TryAsync(TellCatalogAsync, "tell the catalog", cancellationToken) && done;
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
            LogEffectFailed(failure, Plan().Definition.Id, what);
            return false;
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        SweepPlan plan = Plan();
        if (_store.Current.State != SweepState.Running || _store.Current.Trials.Count >= plan.PlannedTrials)
            return;
        PoolSnapshot pool = await GrainFactory.GetGrain<IPoolGrain>(plan.Spec.Resources.Pool).GetAsync(cancellationToken);
        int devices = pool.Devices.Count(device => device.Present);
        SweepGrainState before = _store.Current;
        await _store.CommitAsync(state => SweepLedger.Fill(state, plan, devices, _services.Now), cancellationToken);
        for (int number = before.Trials.Count + 1; number <= _store.Current.Trials.Count; number++)
            _watchers.TrialChanged(number);
        if (_store.Current.Trials.Count == before.Trials.Count)
            return;
        _tellCatalog = true;
        _news.Kick();
    }

    private bool IsToBeTold(SweepTrial trial) => !trial.IsFinished && (trial.Owed != TrialCommand.None || !_awake.Contains(trial.Number));

    private async Task TellAsync(SweepTrial trial, CancellationToken cancellationToken)
    {
        ITrialGrain grain = GrainFactory.GetGrain<ITrialGrain>(trial.Snapshot.Definition.Id.ToString());
        if (!_awake.Contains(trial.Number))
        {
            // Creating it again changes nothing, and makes sure that there is somebody to talk to.
            await grain.CreateAsync(trial.Snapshot.Definition, cancellationToken);
            if (trial.Owed != TrialCommand.Create)
                await grain.EnsureRunningAsync(cancellationToken);
            _awake.Add(trial.Number);
        }

        await (trial.Owed switch
        {
            TrialCommand.Pause => grain.PauseAsync(cancellationToken),
            TrialCommand.Resume => grain.ResumeAsync(cancellationToken),
            TrialCommand.Stop => grain.StopAsync(StopReason(), cancellationToken),
            _ => Task.CompletedTask,
        });
        await _store.UpdateAsync(state => SweepLedger.Paid(state, trial.Number, trial.Owed), cancellationToken);
    }

    private string StopReason() => _store.Current.State == SweepState.Stopped && _store.Current.Reason.Length > 0
        ? _store.Current.Reason
        : $"The sweep is {_store.Current.State}.";

    private async Task TellCatalogAsync(CancellationToken cancellationToken)
    {
        if (!_tellCatalog)
            return;
        _tellCatalog = false;
        try
        {
            SweepSummary summary = SweepSummaries.Of(_store.Current, Plan());
            await GrainFactory.GetGrain<ICatalogGrain>(ICatalogGrain.Key).SweepChangedAsync(summary, cancellationToken);
        }
        catch (Exception)
        {
            _tellCatalog = true;
            throw;
        }
    }

    private async Task<bool> TellWatchersAsync(CancellationToken cancellationToken)
    {
        SweepPlan plan = Plan();
        await _watchers.TellAsync(
            () => SweepSummaries.Of(_store.Current, plan), number => _store.Current.Trials[number - 1].Snapshot, _services.Now);
        return true;
    }
}
