using Dapper;
using Google.Protobuf;
using Granary.Silo.Storage;
using Microsoft.Data.Sqlite;

namespace Granary.Silo.Metrics;

/// <summary>
/// Measured steps of every trial on the one connection that writes. A step is one row with all its values; its layers' statistics
/// are kept apart (<see cref="LayerTable"/>), so that curves are read without them. Not thread-safe.
/// </summary>
/// <param name="connection">Owned by this object from now on.</param>
/// <param name="maxSteps">Rows per trial before every second one is dropped; a tenth of it, or fewer, for layers.</param>
internal sealed class MetricTable(SqliteConnection connection, int maxSteps) : IDisposable
{
    /// <summary>The file's schema.</summary>
    public static readonly SqliteSchema Schema = new(
        ApplicationId: 0x47524e32,
        Loss: "the curves of past steps are gone, while epochs and results stay",
        Durable: false,
        Migrations:
        [
            """
            CREATE TABLE trial (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
            CREATE TABLE step (
                trial INTEGER NOT NULL, step INTEGER NOT NULL, attempt INTEGER NOT NULL, body BLOB NOT NULL,
                PRIMARY KEY (trial, step)) WITHOUT ROWID;
            CREATE TABLE layers (
                trial INTEGER NOT NULL, step INTEGER NOT NULL, attempt INTEGER NOT NULL, body BLOB NOT NULL,
                PRIMARY KEY (trial, step));
            """,
            """
            CREATE TABLE histogram (
                trial INTEGER NOT NULL, layer TEXT NOT NULL, step INTEGER NOT NULL, body BLOB NOT NULL,
                PRIMARY KEY (trial, layer, step)) WITHOUT ROWID;
            """,
        ]);

    private const int MostTrialsRemembered = 4_096;

    private readonly Dictionary<TrialId, Cursor> _cursors = [];
    private readonly LayerTable _layers = new(connection, maxSteps / 10);

    /// <summary>Stores batches as one transaction; answers how many steps were stored, the rest came from attempts that are over.</summary>
    public int Commit(IEnumerable<MetricBatch> batches)
    {
        int stored = 0;
        if (_cursors.Count > MostTrialsRemembered) _cursors.Clear();
        try
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            foreach (MetricBatch batch in batches) stored += Store(batch, transaction);
            transaction.Commit();
        }
        catch
        {
            // What the cursors say may not have been stored.
            _cursors.Clear();
            throw;
        }

        return stored;
    }

    public void Dispose() => connection.Dispose();

    private int Store(MetricBatch batch, SqliteTransaction transaction)
    {
        if (batch.Steps.Count == 0) return 0;
        Cursor cursor = CursorOf(batch.Attempt.Trial, transaction);
        int attempt = batch.Attempt.Attempt;
        if (attempt < cursor.Attempt) return 0;
        if (attempt > cursor.Attempt) Supersede(cursor, attempt, batch.Steps.Min(step => step.Step), transaction);

        int layers = 0;
        foreach (V1.StepMetrics step in batch.Steps)
        {
            layers = Math.Max(layers, step.Layers.Count);
            if (step.Layers.Count > 0)
                cursor.Layers += _layers.Put(cursor.Id, step, row => Put("layers", cursor.Id, attempt, row, transaction), transaction);
            if (step.Values.Count > 0 || step.Layers.Count == 0)
                cursor.Steps += Put("step", cursor.Id, attempt, ValuesOf(step), transaction);
        }

        if (cursor.Steps > maxSteps) cursor.Steps -= Thin("step", cursor.Id, transaction);
        if (_layers.IsFull(cursor.Layers, layers))
        {
            cursor.Layers -= Thin("layers", cursor.Id, transaction);
            _layers.Follow(cursor.Id, transaction);
        }

        return batch.Steps.Count;
    }

    private static V1.StepMetrics ValuesOf(V1.StepMetrics step)
    {
        var values = new V1.StepMetrics { Step = step.Step, Epoch = step.Epoch, UnixMilliseconds = step.UnixMilliseconds };
        values.Values.Add(step.Values);
        return values;
    }

    // A new attempt goes on from a checkpoint: what older ones measured beyond it never happened.
    private void Supersede(Cursor cursor, int attempt, long first, SqliteTransaction transaction)
    {
        var key = new { trial = cursor.Id, attempt, first };
        const string Older = "WHERE trial = @trial AND step >= @first AND attempt < @attempt";
        cursor.Steps -= connection.Execute($"DELETE FROM step {Older}", key, transaction);
        cursor.Layers -= connection.Execute($"DELETE FROM layers {Older}", key, transaction);
        _layers.Follow(cursor.Id, transaction);
        cursor.Attempt = attempt;
    }

    // Answers how many rows were added: 0 when the step was there and what is new was merged into it.
    private int Put(string table, long trial, int attempt, V1.StepMetrics row, SqliteTransaction transaction)
    {
        var key = new { trial, step = row.Step, attempt, body = row.ToByteArray() };
        int added = connection.Execute(
            $"INSERT INTO {table} (trial, step, attempt, body) VALUES (@trial, @step, @attempt, @body) ON CONFLICT DO NOTHING",
            key, transaction);
        if (added == 1) return 1;

        byte[] stored = connection.QuerySingle<byte[]>($"SELECT body FROM {table} WHERE trial = @trial AND step = @step", key, transaction);
        V1.StepMetrics merged = StepMerge.Merge(V1.StepMetrics.Parser.ParseFrom(stored), row);
        connection.Execute(
            $"UPDATE {table} SET attempt = @attempt, body = @body WHERE trial = @trial AND step = @step",
            new { trial, step = row.Step, attempt, body = merged.ToByteArray() }, transaction);
        return 0;
    }

    private int Thin(string table, long trial, SqliteTransaction transaction) => connection.Execute(
        $"""
        DELETE FROM {table} WHERE trial = @trial AND step IN (
            SELECT step FROM (
                SELECT step, row_number() OVER (ORDER BY step) AS place, count(*) OVER () AS places FROM {table} WHERE trial = @trial)
            WHERE place % 2 = 0 AND place < places)
        """,
        new { trial }, transaction);

    private Cursor CursorOf(TrialId trial, SqliteTransaction transaction)
    {
        if (_cursors.TryGetValue(trial, out Cursor? cursor)) return cursor;
        var name = new { name = trial.ToString() };
        connection.Execute("INSERT INTO trial (name) VALUES (@name) ON CONFLICT DO NOTHING", name, transaction);
        cursor = connection.QuerySingle<Cursor>(
            """
            SELECT id AS Id,
                   (SELECT coalesce(max(attempt), 0) FROM step WHERE trial = id) AS Attempt,
                   (SELECT count(*) FROM step WHERE trial = id) AS Steps,
                   (SELECT count(*) FROM layers WHERE trial = id) AS Layers
            FROM trial WHERE name = @name
            """,
            name, transaction);
        _cursors.Add(trial, cursor);
        return cursor;
    }

    private sealed class Cursor
    {
        public long Id { get; set; }

        public long Attempt { get; set; }

        public long Steps { get; set; }

        public long Layers { get; set; }
    }
}
