using Granary.Grains.Durability;
using Granary.Pools;
using Granary.Specs;
using Granary.Sweeps;
using Granary.Trials;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Trials;

/// <summary>
/// Applies events to the trial's <see cref="TrialMachine"/>, stores the outcome and carries out its effects. The one call that it
/// awaits within a turn is the sweep's judgement; a sweep awaits trials only from its pump, so that no cycle can form.
/// </summary>
internal sealed partial class TrialGrain : Grain, ITrialGrain
{
    private const int LongestEndpoint = 300;
    private const int MostMetrics = 64;

    private readonly GrainStore<TrialGrainState> _store;
    private readonly GrainServices _services;
    private readonly ILogger<TrialGrain> _logger;
    private readonly EffectPump _pump;
    private IGrainTimer? _drain;
    private int _drainedAttempt;
    private IGrainTimer? _regroup;
    private (int Attempt, int Ring) _regrouped;

    public TrialGrain(
        [PersistentState("trial", GrainStorageNames.Granary)] IPersistentState<TrialGrainState> state,
        GrainServices services,
        ILogger<TrialGrain> logger)
    {
        _store = new GrainStore<TrialGrainState>(state, DeactivateOnIdle);
        _services = services;
        _logger = logger;
        _pump = new EffectPump(this, DrainAsync);
    }

    private TrialId Id => TrialId.Parse(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store.Load();
        if (_store.Current.Machine is TrialMachineState trial)
        {
            WatchDrain(trial);
            WatchRing(trial);
            _pump.Kick();
        }

        return Task.CompletedTask;
    }

    public async Task CreateAsync(TrialDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Id != Id)
            throw new ArgumentException($"The definition is of trial {definition.Id}, this is trial {Id}.", nameof(definition));
        if (_store.Current.Machine is not null)
            return;

        TrialPlan plan = TrialPlans.From(RunSpecJson.Read(definition.Run));
        TrialStep step = TrialMachine.Create(definition, plan, _services.Now);
        await _store.CommitAsync(
            state => state.Machine is null ? new TrialGrainState { Machine = step.State, Outbox = step.Effects } : state, cancellationToken);
        _pump.Kick();
    }

    public Task EnsureRunningAsync(CancellationToken cancellationToken) =>
        ApplyAsync(new TrialEvent.Revived(_services.Now), cancellationToken);

    public Task<TrialSnapshot?> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_store.Current.Machine is TrialMachineState trial ? TrialSnapshots.From(trial) : null);

    public Task PlacedAsync(Placement placement, CancellationToken cancellationToken)
    {
        Require(placement.Attempt);
        return ApplyAsync(new TrialEvent.Placed(_services.Now, placement, _services.Secrets.Draw()), cancellationToken);
    }

    public Task ReplacedAsync(RankId rank, DeviceId device, CancellationToken cancellationToken)
    {
        Require(rank.Attempt);
        return ApplyAsync(new TrialEvent.Replaced(_services.Now, rank, device), cancellationToken);
    }

    public async Task<GangMembers> JoinAsync(RankArrival arrival, CancellationToken cancellationToken)
    {
        Require(arrival.Rank.Attempt);
        if (arrival.Endpoint.Length is 0 or > LongestEndpoint)
        {
            throw new ArgumentException(
                $"{arrival.Rank} gives an endpoint of {arrival.Endpoint.Length} characters; expected host:port, 1 to {LongestEndpoint}.");
        }

        TrialMachineState trial = (await ApplyAsync(new TrialEvent.Joined(_services.Now, arrival), cancellationToken)).State;
        return new GangMembers(
            trial.Gang.Select(member => member.IsIn(trial.Ring) ? member.Endpoint : null).ToArray(),
            trial.Gang.Select(member => member.Device.Node).ToArray(),
            trial.Ring);
    }

    public async Task<EpochDirective> ReportEpochAsync(EpochReport report, CancellationToken cancellationToken)
    {
        TrialMachineState trial = Require(report.Attempt);
        if (report.Result.Metrics.Count > MostMetrics)
            throw new ArgumentException($"{report.Attempt} reports {report.Result.Metrics.Count} metrics; at most {MostMetrics} are kept.");

        EpochDirective verdict = await JudgeAsync(trial, report, cancellationToken);
        TrialStep step = await ApplyAsync(new TrialEvent.EpochEnded(_services.Now, report, verdict), cancellationToken);
        return step.Directive ?? throw new InvalidOperationException($"The report of {report.Attempt} has no answer.");
    }

    public Task ReportCheckpointAsync(AttemptId attempt, CheckpointRef checkpoint, CancellationToken cancellationToken)
    {
        Require(attempt);
        return ApplyAsync(new TrialEvent.CheckpointStored(_services.Now, attempt.Attempt, checkpoint), cancellationToken);
    }

    // A node repeats an exit until it is heard: a trial that does not exist has nothing to learn from it.
    public Task RankExitedAsync(RankExit ended, CancellationToken cancellationToken) => _store.Current.Machine is null
        ? Task.CompletedTask
        : ApplyAsync(new TrialEvent.RankExited(_services.Now, ended), cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) =>
        ApplyAsync(new TrialEvent.PauseAsked(_services.Now), cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) =>
        ApplyAsync(new TrialEvent.ResumeAsked(_services.Now), cancellationToken);

    public Task StopAsync(string reason, CancellationToken cancellationToken) =>
        ApplyAsync(new TrialEvent.StopAsked(_services.Now, reason), cancellationToken);

    private async Task<TrialStep> ApplyAsync(TrialEvent happened, CancellationToken cancellationToken)
    {
        TrialStep step = await _store.CommitAsync(state => Step(state, happened), cancellationToken);
        WatchDrain(step.State);
        WatchRing(step.State);
        _pump.Kick();
        if (step.Refusal is not string refusal)
            return step;
        LogRefused(Id, happened.Kind, refusal);
        throw new StaleAttemptException(refusal);
    }

    private (TrialGrainState, TrialStep) Step(TrialGrainState state, TrialEvent happened)
    {
        TrialMachineState trial = state.Machine ?? throw Unknown();
        TrialStep step = TrialMachine.Apply(trial, happened);
        if (step.State.State != trial.State)
            LogMoved(Id, trial.State, step.State.State, happened.Kind, step.State.Reason);
        else if (!ReferenceEquals(step.State.Journal, trial.Journal))
            LogNoted(Id, happened.Kind, step.State.Journal[^1].Why);
        if (ReferenceEquals(step.State, trial) && step.Effects.All(state.Outbox.Contains))
            return (state, step);
        return (new TrialGrainState { Machine = step.State, Outbox = TrialOutbox.Add(state.Outbox, step.Effects) }, step);
    }

    private Task<EpochDirective> JudgeAsync(TrialMachineState trial, EpochReport report, CancellationToken cancellationToken)
    {
        bool isNew = report.Attempt.Attempt == trial.Attempt && report.Result.Epoch == trial.EpochsDone + 1 && !trial.IsFinished;
        if (!isNew)
            return Task.FromResult(new EpochDirective(EpochAction.Continue, ""));
        double value = report.Result.Metrics.TryGetValue(trial.Plan.Metric, out double reported) ? reported : double.NaN;
        return Sweep.JudgeAsync(Id.Number, report.Result.Epoch, value, cancellationToken);
    }

    private ISweepGrain Sweep => GrainFactory.GetGrain<ISweepGrain>(Id.Sweep.Value);

    private TrialMachineState Require(AttemptId attempt)
    {
        if (attempt.Trial != Id)
            throw new ArgumentException($"{attempt} speaks to trial {Id}.");
        return _store.Current.Machine ?? throw Unknown();
    }

    private KeyNotFoundException Unknown() => new($"There is no trial {Id}.");
}
