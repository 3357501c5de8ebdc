using Dapper;
using Microsoft.Data.Sqlite;

namespace Granary.Silo.Metrics;

/// <summary>Reads a trial's steps.</summary>
/// <param name="connection">A connection for reading.</param>
/// <param name="cancellationToken">Gives up between rows.</param>
internal sealed class MetricReader(SqliteConnection connection, CancellationToken cancellationToken)
{
    /// <summary>The steps in order, thinned to at most <paramref name="points"/> with values and as many with layers.</summary>
    public IReadOnlyList<V1.StepMetrics> Read(TrialId trial, int points, bool layers)
    {
        List<V1.StepMetrics> values = Rows("step", trial);
        var chosen = new SortedDictionary<long, V1.StepMetrics>();
        foreach (int at in CurveThinning.ByShape(values, points)) chosen.Add(values[at].Step, values[at]);
        if (layers)
        {
            List<V1.StepMetrics> statistics = Rows("layers", trial);
            foreach (V1.StepMetrics row in CurveThinning.Evenly(statistics.Count, points).Select(at => statistics[at]))
            {
                if (chosen.TryGetValue(row.Step, out V1.StepMetrics? step)) step.Layers.Add(row.Layers);
                else chosen.Add(row.Step, row);
            }
        }

        return [.. chosen.Values];
    }

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
