using Microsoft.Data.Sqlite;

namespace Granary.Silo.Storage;

/// <summary>The statements on the table of grain states, prepared once for the one connection that writes. Not thread-safe.</summary>
internal sealed class GrainTable : IDisposable
{
    /// <summary>The file's schema.</summary>
    public static readonly SqliteSchema Schema = new(
        ApplicationId: 0x47524e31,
        Loss: "all sweeps and their results are gone, while the checkpoints stay",
        Durable: true,
        Migrations:
        [
            """
            CREATE TABLE grain_state (
                grain TEXT NOT NULL, state TEXT NOT NULL, etag INTEGER NOT NULL, payload BLOB NOT NULL,
                PRIMARY KEY (grain, state)) WITHOUT ROWID;
            """,
        ]);

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _select;
    private long _lastETag;

    /// <param name="connection">Owned by this object from now on.</param>
    /// <param name="floor">ETags are greater than this: an ETag of a cleared state must never come back.</param>
    public GrainTable(SqliteConnection connection, long floor)
    {
        _connection = connection;
        _insert = Prepare(
            "INSERT INTO grain_state (grain, state, etag, payload) VALUES ($grain, $state, $etag, $payload) ON CONFLICT DO NOTHING");
        _update = Prepare(
            "UPDATE grain_state SET etag = $etag, payload = $payload WHERE grain = $grain AND state = $state AND etag = $expected");
        _delete = Prepare("DELETE FROM grain_state WHERE grain = $grain AND state = $state AND etag = $expected");
        _select = Prepare("SELECT etag FROM grain_state WHERE grain = $grain AND state = $state");
        using SqliteCommand last = connection.CreateCommand();
        last.CommandText = "SELECT coalesce(max(etag), 0) FROM grain_state";
        _lastETag = Math.Max(floor, (long)last.ExecuteScalar()!);
    }

    /// <summary>Carries out a group of writes as one transaction: one wait for the disk for all of them.</summary>
    public IReadOnlyList<GrainWriteOutcome> Commit(IReadOnlyList<GrainWrite> writes)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        foreach (SqliteCommand command in new[] { _insert, _update, _delete, _select }) command.Transaction = transaction;
        GrainWriteOutcome[] outcomes = [.. writes.Select(Apply)];
        transaction.Commit();
        return outcomes;
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in new[] { _insert, _update, _delete, _select }) command.Dispose();
        _connection.Dispose();
    }

    private GrainWriteOutcome Apply(GrainWrite write)
    {
        long next = ++_lastETag;
        SqliteCommand command = (write.Payload, write.Expected) switch
        {
            (null, _) => _delete,
            (_, null) => _insert,
            _ => _update,
        };
        Bind(command, write, next);
        if (command.ExecuteNonQuery() == 1) return new GrainWriteOutcome(true, write.Payload is null ? null : next);

        Bind(_select, write, next);
        var stored = (long?)_select.ExecuteScalar();
        bool clearedAlready = write.Payload is null && write.Expected is null && stored is null;
        return new GrainWriteOutcome(clearedAlready, stored);
    }

    private static void Bind(SqliteCommand command, GrainWrite write, long etag)
    {
        command.Parameters["$grain"].Value = write.GrainId;
        command.Parameters["$state"].Value = write.StateName;
        if (command.Parameters.Contains("$etag")) command.Parameters["$etag"].Value = etag;
        if (command.Parameters.Contains("$payload")) command.Parameters["$payload"].Value = write.Payload;
        if (command.Parameters.Contains("$expected")) command.Parameters["$expected"].Value = write.Expected ?? -1;
    }

    private SqliteCommand Prepare(string text)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (string name in new[] { "$grain", "$state" }) command.Parameters.Add(name, SqliteType.Text);
        if (text.Contains("$payload", StringComparison.Ordinal)) command.Parameters.Add("$payload", SqliteType.Blob);
        foreach (string name in new[] { "$etag", "$expected" })
            if (text.Contains(name, StringComparison.Ordinal)) command.Parameters.Add(name, SqliteType.Integer);
        return command;
    }
}
