using Granary.Grains.Durability;
using Granary.Pools;
using Granary.Trials;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Pools;

/// <summary>
/// One node. Commands are stored before they are sent to the agent, and exits before they are told to the trial; both are repeated
/// until they arrive. An agent that shows no sign of life for <see cref="FleetOptions.LostAfter"/> takes its workers with it.
/// </summary>
internal sealed partial class NodeGrain : Grain, INodeGrain
{
    private readonly GrainStore<NodeGrainState> _store;
    private readonly GrainServices _services;
    private readonly ILogger<NodeGrain> _logger;
    private readonly EffectPump _pump;

    // Of this activation and session: what the agent has been told, and when it was last heard of.
    private readonly HashSet<RankId> _started = [];
    private readonly HashSet<RankStop> _stopped = [];
    private readonly HashSet<RankId> _undelivered = [];
    private INodeObserver? _agent;
    private DateTimeOffset _heard;
    private (string Pool, bool Present)? _told;

    public NodeGrain(
        [PersistentState("node", GrainStorageNames.Granary)] IPersistentState<NodeGrainState> state,
        GrainServices services,
        ILogger<NodeGrain> logger)
    {
        _store = new GrainStore<NodeGrainState>(state, DeactivateOnIdle);
        _services = services;
        _logger = logger;
        _pump = new EffectPump(this, DrainAsync);
    }

    private string Name => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store.Load();
        _heard = _services.Now;
        TimeSpan interval = _services.Fleet.HeartbeatInterval;
        this.RegisterGrainTimer(WatchAsync, new GrainTimerCreationOptions { DueTime = interval, Period = interval, KeepAlive = true });
        if (_store.Current.Session.Length > 0 || _store.Current.Ranks.Count > 0)
            _pump.Kick();
        return Task.CompletedTask;
    }

    public async Task AttachAsync(NodeHello hello, INodeObserver observer, CancellationToken cancellationToken)
    {
        if (hello.Node != Name)
            throw new ArgumentException($"The agent of node {hello.Node} speaks to node {Name}.", nameof(hello));
        await _store.CommitAsync(state => NodeLedger.Attach(state, hello, _undelivered), cancellationToken);
        LogAttached(Name, hello.Session, hello.Devices.Count, hello.Running.Count);
        _heard = _services.Now;
        _agent = observer;
        _told = null;
        _started.Clear();
        _started.UnionWith(hello.Running);
        _stopped.Clear();
        _pump.Kick();
    }

    public Task<bool> HeartbeatAsync(string session, CancellationToken cancellationToken)
    {
        NodeGrainState state = _store.Current;
        bool known = session == state.Session && state.Present && _agent is not null;
        if (known)
            _heard = _services.Now;
        return Task.FromResult(known);
    }

    public Task DetachAsync(string session, CancellationToken cancellationToken)
    {
        if (session == _store.Current.Session && _agent is not null)
        {
            LogDetached(Name, session, _services.Fleet.LostAfter);
            _agent = null;
            _heard = _services.Now;
        }

        return Task.CompletedTask;
    }

    public async Task StartRankAsync(RankLaunch launch, CancellationToken cancellationToken)
    {
        bool fresh = await _store.CommitAsync(
            state =>
            {
                NodeGrainState next = NodeLedger.Start(state, launch);
                return (next, !ReferenceEquals(next, state));
            },
            cancellationToken);
        if (fresh)
            _undelivered.Add(launch.Rank);
        _pump.Kick();
    }

    public Task StopRankAsync(RankStop command, CancellationToken cancellationToken) =>
        CommitAsync(state => NodeLedger.Stop(state, command, _undelivered), cancellationToken);

    public Task WatchRankAsync(RankId rank, CancellationToken cancellationToken) =>
        CommitAsync(state => NodeLedger.Watch(state, rank), cancellationToken);

    public Task RankExitedAsync(string session, RankExit ended, CancellationToken cancellationToken) => session == _store.Current.Session
        ? CommitAsync(state => NodeLedger.Exited(state, ended), cancellationToken)
        : Task.CompletedTask;

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        TimeSpan silence = _services.Now - _heard;
        if (silence < _services.Fleet.LostAfter || !_store.Current.Present)
            return;
        LogLost(Name, silence);
        _agent = null;
        await CommitAsync(state => NodeLedger.Lose(state, $"node {Name} was not heard of for {silence.TotalSeconds:F0} s"), cancellationToken);
    }

    private async Task CommitAsync(Func<NodeGrainState, NodeGrainState> step, CancellationToken cancellationToken)
    {
        await _store.CommitAsync(step, cancellationToken);
        _pump.Kick();
    }
}
