using Granary.Grains.Durability;
using Granary.Grains.Scheduling;
using Granary.Sweeps;
using Granary.Trials;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Sweeps;

/// <summary>
/// One sweep. Its turns never wait for a trial: trials are told from the pump, and call in themselves. What a trial reports between
/// two changes of its state is kept in memory only; after a restart every unfinished trial tells again how it stands.
/// </summary>
internal sealed partial class SweepGrain : Grain, ISweepGrain
{
    private const int LongestReason = 2_000;

    private readonly GrainStore<SweepGrainState> _store;
    private readonly GrainServices _services;
    private readonly ILogger<SweepGrain> _logger;
    private readonly EffectPump _pump;
    private readonly EffectPump _news;
    private readonly SweepWatchers _watchers;
    private readonly HashSet<int> _awake = [];
    private SweepPlan? _plan;
    private bool _tellCatalog;

    public SweepGrain(
        [PersistentState("sweep", GrainStorageNames.Granary)] IPersistentState<SweepGrainState> state,
        GrainServices services,
        ILogger<SweepGrain> logger)
    {
        _store = new GrainStore<SweepGrainState>(state, DeactivateOnIdle);
        _services = services;
        _logger = logger;
        _watchers = new SweepWatchers(services.Fleet.SubscriptionLife);
        _pump = new EffectPump(this, DrainAsync);
        _news = new EffectPump(this, TellWatchersAsync);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store.Load();
        if (_store.Current.Definition is SweepDefinition definition)
        {
            _plan = SweepPlan.Read(definition);
            _tellCatalog = true;
            _pump.Kick();
        }

        return Task.CompletedTask;
    }

    public async Task CreateAsync(SweepDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Id.Value != this.GetPrimaryKeyString())
            throw new ArgumentException($"The definition is of sweep {definition.Id}, this is sweep {this.GetPrimaryKeyString()}.", nameof(definition));
        if (_store.Current.Definition is not null)
            return;

        _plan = SweepPlan.Read(definition);
        await CommitAsync(state => state.Definition is null ? new SweepGrainState { Definition = definition } : state, cancellationToken);
    }

    // To be called is enough: whatever is owed is told on activation.
    public Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        if (_plan is not null)
            _pump.Kick();
        return Task.CompletedTask;
    }

    public Task<SweepSnapshot?> GetAsync(CancellationToken cancellationToken) => Task.FromResult(_plan is SweepPlan plan
        ? new SweepSnapshot(
            SweepSummaries.Of(_store.Current, plan), _store.Current.Trials.Select(trial => trial.Snapshot).ToArray(), plan.Definition.File)
        : null);

    public Task<SweepSummary> PauseAsync(CancellationToken cancellationToken) => CommitAsync(SweepLedger.Pause, cancellationToken);

    public Task<SweepSummary> ResumeAsync(CancellationToken cancellationToken) => CommitAsync(SweepLedger.Resume, cancellationToken);

    public Task<SweepSummary> StopAsync(string reason, CancellationToken cancellationToken)
    {
        string why = reason.Length <= LongestReason ? reason : reason[..LongestReason];
        return CommitAsync(state => SweepLedger.Stop(state, why, _services.Now), cancellationToken);
    }

    public async Task TrialChangedAsync(TrialSnapshot trial, CancellationToken cancellationToken)
    {
        SweepPlan plan = Plan();
        SweepGrainState before = _store.Current;
        SweepGrainState Step(SweepGrainState state) => SweepLedger.TrialChanged(state, plan, trial, _services.Now);
        bool lasting = trial.State is TrialState.Succeeded or TrialState.Stopped or TrialState.Failed;
        await (lasting ? _store.CommitAsync(Step, cancellationToken) : _store.UpdateAsync(Step, cancellationToken));
        if (ReferenceEquals(before, _store.Current))
            return;
        _watchers.TrialChanged(trial.Definition.Id.Number);
        Changed(before);
    }

    public Task<EpochDirective> JudgeAsync(int trial, int epoch, double value, CancellationToken cancellationToken)
    {
        SweepPlan plan = Plan();
        return _store.CommitAsync(state => SweepLedger.Judge(state, plan, new RungReport(trial, epoch, value)), cancellationToken);
    }

    public Task SubscribeAsync(ISweepObserver observer, CancellationToken cancellationToken)
    {
        Plan();
        _watchers.Add(observer, _services.Now);
        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(ISweepObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Remove(observer);
        return Task.CompletedTask;
    }

    private async Task<SweepSummary> CommitAsync(Func<SweepGrainState, SweepGrainState> step, CancellationToken cancellationToken)
    {
        SweepPlan plan = Plan();
        SweepGrainState before = _store.Current;
        await _store.CommitAsync(step, cancellationToken);
        if (!ReferenceEquals(before, _store.Current))
            Changed(before);
        return SweepSummaries.Of(_store.Current, plan);
    }

    private void Changed(SweepGrainState before)
    {
        SweepGrainState after = _store.Current;
        if (after.State != before.State || before.Definition is null)
            LogMoved(Plan().Definition.Id, before.State, after.State, after.Reason);
        _watchers.SweepChanged();
        _tellCatalog = true;
        _pump.Kick();
        _news.Kick();
    }

    private SweepPlan Plan() => _plan ?? throw new KeyNotFoundException($"There is no sweep {this.GetPrimaryKeyString()}.");
}
