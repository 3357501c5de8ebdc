using Granary.Catalog;
using Granary.Grains.Durability;
using Granary.Grains.Sweeps;
using Granary.Specs;
using Granary.Sweeps;
using Microsoft.Extensions.Logging;

namespace Granary.Grains.Catalog;

/// <summary>The index of sweeps and pools. It may await sweeps within a turn: they tell it of changes from their pumps only.</summary>
internal sealed partial class CatalogGrain : Grain, ICatalogGrain
{
    private const int LongestList = 1_000;

    private readonly GrainStore<CatalogGrainState> _store;
    private readonly GrainServices _services;
    private readonly ILogger<CatalogGrain> _logger;

    public CatalogGrain(
        [PersistentState("catalog", GrainStorageNames.Granary)] IPersistentState<CatalogGrainState> state,
        GrainServices services,
        ILogger<CatalogGrain> logger)
    {
        _store = new GrainStore<CatalogGrainState>(state, DeactivateOnIdle);
        _services = services;
        _logger = logger;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store.Load();
        return Task.CompletedTask;
    }

    public async Task<SubmissionReceipt> SubmitAsync(SweepSubmission submission, CancellationToken cancellationToken)
    {
        SweepSpec spec = SweepPlan.ReadSpec(submission.File, submission.FileName);
        string hash = SweepPlan.HashOf(submission.File);
        if (!submission.Fresh && CatalogLedger.Unfinished(_store.Current, hash) is CatalogEntry known)
        {
            await ContinueAsync(known, cancellationToken);
            LogContinued(known.Summary.Id);
            return new SubmissionReceipt(known.Summary.Id, Continued: true);
        }

        // Entered before it is made: whatever happens in between, the next start makes it.
        SweepDefinition definition = await _store.CommitAsync(
            state => CatalogLedger.Enter(state, spec, submission.File, hash, _services.Now), cancellationToken);
        await MakeAsync(definition, cancellationToken);
        LogSubmitted(definition.Id, submission.FileName);
        return new SubmissionReceipt(definition.Id, Continued: false);
    }

    public Task<IReadOnlyList<SweepSummary>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > LongestList)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A list has 1 to {LongestList} sweeps.");
        IReadOnlyList<SweepSummary> newest = _store.Current.Sweeps.Reverse().Take(limit).Select(entry => entry.Summary).ToArray();
        return Task.FromResult(newest);
    }

    public Task<SweepSummary?> FindAsync(string idOrName, CancellationToken cancellationToken)
    {
        IReadOnlyList<CatalogEntry> sweeps = _store.Current.Sweeps;
        CatalogEntry? found = sweeps.LastOrDefault(entry => entry.Summary.Id.Value == idOrName)
            ?? sweeps.LastOrDefault(entry => entry.Summary.Name == idOrName);
        return Task.FromResult(found?.Summary);
    }

    public Task SweepChangedAsync(SweepSummary summary, CancellationToken cancellationToken)
    {
        CatalogEntry? known = _store.Current.Sweeps.FirstOrDefault(entry => entry.Summary.Id == summary.Id);
        CatalogGrainState Step(CatalogGrainState state) => CatalogLedger.SweepChanged(state, summary);
        // Progress is told again by every sweep that goes on; only what lasts is worth a write.
        return known is null || known.Summary.State != summary.State
            ? _store.CommitAsync(Step, cancellationToken)
            : _store.UpdateAsync(Step, cancellationToken);
    }

    public Task PoolSeenAsync(string pool, CancellationToken cancellationToken) =>
        _store.CommitAsync(state => CatalogLedger.PoolSeen(state, pool), cancellationToken);

    public Task<IReadOnlyList<string>> ListPoolsAsync(CancellationToken cancellationToken) => Task.FromResult(_store.Current.Pools);

    public async Task ResumeAllAsync(CancellationToken cancellationToken)
    {
        foreach (CatalogEntry entry in _store.Current.Sweeps.Where(entry => entry.IsUnfinished).ToArray())
        {
            if (entry.Pending is SweepDefinition definition)
                await MakeAsync(definition, cancellationToken);
            await Sweep(entry.Summary.Id).EnsureRunningAsync(cancellationToken);
        }
    }

    private async Task ContinueAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Pending is SweepDefinition definition)
            await MakeAsync(definition, cancellationToken);
        // Resuming a sweep that is not paused changes nothing.
        await Sweep(entry.Summary.Id).ResumeAsync(cancellationToken);
        await Sweep(entry.Summary.Id).EnsureRunningAsync(cancellationToken);
    }

    private async Task MakeAsync(SweepDefinition definition, CancellationToken cancellationToken)
    {
        await Sweep(definition.Id).CreateAsync(definition, cancellationToken);
        await _store.UpdateAsync(state => CatalogLedger.Created(state, definition.Id), cancellationToken);
    }

    private ISweepGrain Sweep(SweepId id) => GrainFactory.GetGrain<ISweepGrain>(id.Value);
}
