using Granary.Pools;

namespace Granary.Grains.Trials;

internal sealed partial class TrialGrain
{
    private async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        bool done = true;
        foreach (TrialEffect effect in _store.Current.Outbox)
        {
            try
            {
                await CarryOutAsync(effect, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogEffectFailed(failure, Id, effect.Kind, effect.Attempt, effect.Rank);
                done = false;
            }
        }

        if (_store.Current is { Machine: TrialMachineState trial } state && TrialOutbox.IsLaunched(trial, state.Outbox))
            await ApplyAsync(new TrialEvent.Launched(_services.Now, trial.Attempt), cancellationToken);
        return done;
    }

    private async Task CarryOutAsync(TrialEffect effect, CancellationToken cancellationToken)
    {
        if (_store.Current.Machine is not TrialMachineState trial)
            return;
        if (TrialOutbox.IsDue(trial, effect))
            await TellAsync(trial, effect, cancellationToken);

        // A change during the call must be told too: the effect stays when the sweep has heard of an older version.
        await _store.UpdateAsync(
            state => effect.Kind == TrialEffectKind.TellSweep && state.Machine?.Version != trial.Version
                ? state
                : state with { Outbox = TrialOutbox.Remove(state.Outbox, effect) },
            cancellationToken);
    }

    private Task TellAsync(TrialMachineState trial, TrialEffect effect, CancellationToken cancellationToken)
    {
        var attempt = new AttemptId(Id, effect.Attempt);
        var rank = new RankId(attempt, effect.Rank, effect.Start);
        DeviceDemand demand = trial.Plan.Devices;
        IPoolGrain pool = GrainFactory.GetGrain<IPoolGrain>(demand.Pool);
        return effect.Kind switch
        {
            TrialEffectKind.TellSweep => Sweep.TrialChangedAsync(TrialSnapshots.From(trial), cancellationToken),
            TrialEffectKind.RequestGang =>
                pool.RequestAsync(new GangRequest(attempt, demand.Min, demand.Max, demand.Priority), cancellationToken),
            TrialEffectKind.ReleaseGang => pool.ReleaseAsync(attempt, cancellationToken),
            TrialEffectKind.ReleaseRank => pool.ReleaseRankAsync(rank, cancellationToken),
            TrialEffectKind.ReplaceRank => pool.ReplaceRankAsync(rank, cancellationToken),
            TrialEffectKind.StartRank => Node(trial, effect).StartRankAsync(Launch(trial, rank), cancellationToken),
            TrialEffectKind.WatchRank => Node(trial, effect).WatchRankAsync(rank, cancellationToken),
            TrialEffectKind.CheckpointRank => Node(trial, effect).StopRankAsync(new RankStop(rank, Checkpoint: true), cancellationToken),
            TrialEffectKind.StopRank => Node(trial, effect).StopRankAsync(new RankStop(rank, Checkpoint: false), cancellationToken),
            _ => throw new InvalidOperationException($"Trial {Id} has an effect of unknown kind {effect.Kind}."),
        };
    }

    private INodeGrain Node(TrialMachineState trial, TrialEffect effect) =>
        GrainFactory.GetGrain<INodeGrain>(trial.Gang[effect.Rank].Device.Node);

    private static RankLaunch Launch(TrialMachineState trial, RankId rank) => new()
    {
        Rank = rank,
        WorldSize = trial.Gang.Count,
        Device = trial.Gang[rank.Rank].Device,
        Run = trial.Definition.Run,
        Checkpoint = trial.LastCheckpoint,
        Secret = trial.Secret,
        Ring = rank.Start > 0 ? trial.Ring : 0,
    };

    private void WatchDrain(TrialMachineState trial)
    {
        if (trial.Draining == DrainCause.None)
        {
            _drain?.Dispose();
            _drain = null;
            return;
        }

        if (_drain is not null && _drainedAttempt == trial.Attempt)
            return;
        _drain?.Dispose();
        _drainedAttempt = trial.Attempt;
        TimeSpan grace = _services.Fleet.DrainGrace;
        _drain = this.RegisterGrainTimer(
            (attempt, cancellationToken) => ApplyAsync(new TrialEvent.DrainExpired(_services.Now, attempt), cancellationToken),
            trial.Attempt,
            new GrainTimerCreationOptions { DueTime = grace, Period = grace, KeepAlive = true });
    }

    private void WatchRing(TrialMachineState trial)
    {
        (int, int) ring = (trial.Attempt, trial.Ring);
        if (trial.IsRegrouping && _regroup is not null && _regrouped == ring)
            return;
        _regroup?.Dispose();
        _regroup = null;
        if (!trial.IsRegrouping)
            return;
        _regrouped = ring;
        TimeSpan half = trial.Plan.Reform / 2;
        _regroup = this.RegisterGrainTimer(
            (at, cancellationToken) => ApplyAsync(new TrialEvent.RegroupExpired(_services.Now, at.Attempt, at.Ring), cancellationToken),
            _regrouped,
            new GrainTimerCreationOptions { DueTime = half, Period = half, KeepAlive = true });
    }
}
