using Dapper;
using Microsoft.Data.Sqlite;

namespace Granary.Silo.Metrics;

/// <summary>Reads a trial's steps.</summary>
/// <param name="connection">A connection for reading.</param>
/// <param name="cancellationToken">Gives up between rows.</param>
internal sealed class MetricReader(SqliteConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Steps times layers that one reply has at most: some 2 MB.</summary>
    public const int MostEntries = 12_000;

    /// <summary>
    /// The steps in order, thinned to at most <paramref name="points"/> with values and as many with layers, fewer when there are many
    /// layers.
    /// </summary>
    public IReadOnlyList<V1.StepMetrics> Read(TrialId trial, int points, bool layers)
    {
        List<V1.StepMetrics> values = Rows("step", trial);
        var chosen = new SortedDictionary<long, V1.StepMetrics>();
        foreach (int at in CurveThinning.ByShape(values, points)) chosen.Add(values[at].Step, values[at]);
        if (layers)
        {
            List<V1.StepMetrics> statistics = Rows("layers", trial);
            int most = Math.Clamp(MostEntries / Math.Max(1, statistics.LastOrDefault()?.Layers.Count ?? 0), 2, points);
            foreach (V1.StepMetrics row in CurveThinning.Evenly(statistics.Count, most).Select(at => statistics[at]))
            {
                if (chosen.TryGetValue(row.Step, out V1.StepMetrics? step)) StepMerge.Merge(step, row);
                else chosen.Add(row.Step, row);
            }
        }

        return [.. chosen.Values];
    }

    /// <summary>
    /// A layer's histograms after a step, in order, thinned evenly. All from one reading have one range: where some outputs have been
    /// negative, all histograms are made as wide.
    /// </summary>
    public IReadOnlyList<V1.LayerSpread> ReadLayer(TrialId trial, string layer, int points, long after)
    {
        List<V1.LayerSpread> spreads =
        [
            .. connection.Query<(long Step, byte[] Body)>(
                """
                SELECT step, body FROM histogram
                WHERE trial = (SELECT id FROM trial WHERE name = @name) AND layer = @layer AND step > @after ORDER BY step
                """,
                new { name = trial.ToString(), layer, after })
            .Select(row => new V1.LayerSpread { Step = row.Step, Histogram = V1.LayerHistogram.Parser.ParseFrom(row.Body) }),
        ];
        V1.LayerSpread[] chosen = [.. CurveThinning.Evenly(spreads.Count, points).Select(at => spreads[at])];
        if (chosen.Any(spread => spread.Histogram.Low < 0))
            foreach (V1.LayerSpread spread in chosen) spread.Histogram = HistogramRange.Signed(spread.Histogram);
        return chosen;
    }

    /// <summary>The layers that a trial has histograms of.</summary>
    public IReadOnlyList<string> LayersOf(TrialId trial) =>
    [
        .. connection.Query<string>(
            "SELECT DISTINCT layer FROM histogram WHERE trial = (SELECT id FROM trial WHERE name = @name)", new { name = trial.ToString() }),
    ];

    private List<V1.StepMetrics> Rows(string table, TrialId trial)
    {
        IEnumerable<byte[]> bodies = connection.Query<byte[]>(
            $"SELECT body FROM {table} WHERE trial = (SELECT id FROM trial WHERE name = @name) ORDER BY step",
            new { name = trial.ToString() }, buffered: false);
        var rows = new List<V1.StepMetrics>();
        foreach (byte[] body in bodies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(V1.StepMetrics.Parser.ParseFrom(body));
        }

        return rows;
    }
}
