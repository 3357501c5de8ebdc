using Granary.Grains.Trials;
using Granary.Pools;
using Granary.Trials;

namespace Granary.Grains.Pools;

internal sealed partial class NodeGrain
{
    private async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        // The pool first: or it would place the next attempt on the node that was just lost.
        bool done = await TryAsync(TellPoolsAsync, "tell its pool", cancellationToken);
        foreach (NodeRank rank in _store.Current.Ranks.Where(rank => rank.Exit is not null))
            done &= await TryAsync(token => TellTrialAsync(rank.Exit!, token), $"tell how {rank.Id} ended", cancellationToken);
        if (_agent is INodeObserver agent)
            done &= await TryAsync(_ => TellAgentAsync(agent), "reach its agent", cancellationToken);
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

    private async Task TellTrialAsync(RankExit exit, CancellationToken cancellationToken)
    {
        try
        {
            await GrainFactory.GetGrain<ITrialGrain>(exit.Rank.Attempt.Trial.ToString()).RankExitedAsync(exit, cancellationToken);
        }
        catch (InvalidTransitionException refusal)
        {
            LogExitRefused(refusal, Name, exit.Rank);
        }

        await _store.UpdateAsync(state => NodeLedger.Acknowledged(state, exit.Rank), cancellationToken);
        _undelivered.Remove(exit.Rank);
        _started.Remove(exit.Rank);
        _stopped.RemoveWhere(stop => stop.Rank == exit.Rank);
    }

    private async Task TellPoolsAsync(CancellationToken cancellationToken)
    {
        NodeGrainState state = _store.Current;
        if (state.FormerPool.Length > 0)
        {
            await GrainFactory.GetGrain<IPoolGrain>(state.FormerPool).RemoveNodeAsync(Name, cancellationToken);
            await _store.UpdateAsync(current => current.FormerPool == state.FormerPool ? current with { FormerPool = "" } : current, cancellationToken);
        }

        (string, bool) news = (state.Pool, state.Present);
        if (state.Pool.Length == 0 || _told == news)
            return;
        IPoolGrain pool = GrainFactory.GetGrain<IPoolGrain>(state.Pool);
        _told = news;
        try
        {
            await (state.Present ? pool.AddNodeAsync(Name, state.Devices, cancellationToken) : pool.RemoveNodeAsync(Name, cancellationToken));
        }
        catch (Exception)
        {
            _told = null;
            throw;
        }
    }

    private async Task TellAgentAsync(INodeObserver agent)
    {
        NodeGrainState state = _store.Current;
        foreach (RankStop stop in Stops(state))
        {
            await agent.StopRankAsync(stop);
            if (ReferenceEquals(agent, _agent))
                _stopped.Add(stop);
        }

        foreach (NodeRank rank in state.Ranks)
        {
            if (rank is not { Exit: null, Stop: null, Launch: RankLaunch launch } || _started.Contains(rank.Id))
                continue;
            // Before the call: from here on nobody can say that the agent has not heard of it.
            _undelivered.Remove(rank.Id);
            await agent.StartRankAsync(launch);
            if (ReferenceEquals(agent, _agent))
                _started.Add(rank.Id);
        }
    }

    // Stops go first, so that a device is left before the next worker is started on it.
    private RankStop[] Stops(NodeGrainState state) => state.Zombies
        .Select(zombie => new RankStop(zombie, Checkpoint: false))
        .Concat(state.Ranks.Where(rank => rank.Exit is null && rank.Stop is not null).Select(rank => rank.Stop!))
        .Where(stop => !_stopped.Contains(stop))
        .ToArray();
}
