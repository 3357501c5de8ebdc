using System.Globalization;
using Granary.Grains.Search;
using Granary.Specs;
using Granary.Sweeps;

namespace Granary.Grains.Catalog;

/// <summary>The catalog's bookkeeping as pure steps.</summary>
internal static class CatalogLedger
{
    /// <summary>Sweeps in the index at most; the oldest finished ones leave it.</summary>
    public const int MostSweeps = 10_000;

    /// <summary>Pools in the index at most.</summary>
    public const int MostPools = 1_000;

    /// <summary>The newest unfinished sweep of a file; null where there is none.</summary>
    public static CatalogEntry? Unfinished(CatalogGrainState state, string fileHash) =>
        state.Sweeps.LastOrDefault(entry => entry.IsUnfinished && entry.Summary.FileHash == fileHash);

    /// <summary>Enters a new sweep under the next number of its name.</summary>
    public static (CatalogGrainState, SweepDefinition) Enter(CatalogGrainState state, SweepSpec spec, string file, string fileHash, DateTimeOffset at)
    {
        int number = state.Counters.GetValueOrDefault(spec.Name) + 1;
        var id = new SweepId(string.Create(CultureInfo.InvariantCulture, $"{spec.Name}-{number}"));
        var definition = new SweepDefinition(id, file, at);
        var summary = new SweepSummary
        {
            Id = id,
            Name = spec.Name,
            State = SweepState.Running,
            Metric = spec.Search.Objective.Metric,
            Maximize = spec.Search.Objective.Maximize,
            PlannedTrials = SearchAlgorithms.Find(spec.Search.Algorithm).CountTrials(spec.Search),
            Created = at,
            FileHash = fileHash,
        };
        CatalogGrainState entered = state with
        {
            Sweeps = MakeRoom(state.Sweeps).Append(new CatalogEntry(summary, definition)).ToArray(),
            Counters = new Dictionary<string, int>(state.Counters) { [spec.Name] = number },
        };
        return (entered, definition);
    }

    public static CatalogGrainState Created(CatalogGrainState state, SweepId id) =>
        Replace(state, id, entry => entry with { Pending = null });

    /// <summary>A sweep tells how it stands.</summary>
    public static CatalogGrainState SweepChanged(CatalogGrainState state, SweepSummary summary) =>
        state.Sweeps.Any(entry => entry.Summary.Id == summary.Id)
            ? Replace(state, summary.Id, _ => new CatalogEntry(summary, Pending: null))
            : state with { Sweeps = MakeRoom(state.Sweeps).Append(new CatalogEntry(summary, Pending: null)).ToArray() };

    public static CatalogGrainState PoolSeen(CatalogGrainState state, string pool)
    {
        if (state.Pools.Contains(pool))
            return state;
        return state.Pools.Count < MostPools
            ? state with { Pools = state.Pools.Append(pool).Order(StringComparer.Ordinal).ToArray() }
            : throw new InvalidOperationException($"There are {MostPools} pools; '{pool}' is not taken into the index.");
    }

    private static CatalogGrainState Replace(CatalogGrainState state, SweepId id, Func<CatalogEntry, CatalogEntry> change) => state with
    {
        Sweeps = state.Sweeps.Select(entry => entry.Summary.Id == id ? change(entry) : entry).ToArray(),
    };

    private static IEnumerable<CatalogEntry> MakeRoom(IReadOnlyList<CatalogEntry> sweeps)
    {
        if (sweeps.Count < MostSweeps)
            return sweeps;
        CatalogEntry oldest = sweeps.FirstOrDefault(entry => !entry.IsUnfinished)
            ?? throw new InvalidOperationException($"{MostSweeps} sweeps are unfinished; stop some before submitting more.");
        return sweeps.Where(entry => entry != oldest);
    }
}
