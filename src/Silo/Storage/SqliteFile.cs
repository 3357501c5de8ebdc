using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Granary.Silo.Storage;

/// <summary>
/// One of the silo's SQLite files, in write-ahead mode: one writer and any number of readers that never wait for each other.
/// With a durable schema a commit is on the disk when it returns (<c>synchronous=FULL</c>).
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly SqliteSchema _schema;
    private readonly string _readers;

    /// <summary>Makes the file or brings its schema up to date.</summary>
    /// <exception cref="StateFileException">The file is damaged, foreign, newer than this program or cannot be written.</exception>
    public SqliteFile(string path, SqliteSchema schema)
    {
        Path = path;
        _schema = schema;
        _readers = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = true }.ToString();
        try
        {
            using SqliteConnection connection = OpenWriter();
            Check(connection);
            Migrate(connection);
        }
        catch (SqliteException error)
        {
            throw error.SqliteErrorCode is Corrupt or NotADatabase
                ? new StateFileException(path, "is damaged or not a SQLite file.", Remedy, error)
                : new StateFileException(
                    path, $"cannot be opened: {error.Message}.", "Check its rights and the free space of its disk.", error);
        }
    }

    public string Path { get; }

    private string Remedy => $"Restore it from a backup, or move it and its -wal and -shm files away; then {_schema.Loss}.";

    /// <summary>Opens the one connection that writes.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        connection.Open();
        string synchronous = _schema.Durable ? "FULL" : "NORMAL";
        connection.Execute($"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA busy_timeout=5000;");
        return connection;
    }

    /// <summary>Opens a pooled connection for reading.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_readers);
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        using var pooled = new SqliteConnection(_readers);
        SqliteConnection.ClearPool(pooled);
    }

    private void Check(SqliteConnection connection)
    {
        long application = connection.ExecuteScalar<long>("PRAGMA application_id");
        long version = connection.ExecuteScalar<long>("PRAGMA user_version");
        bool empty = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master") == 0;
        if (empty && application == 0 && version == 0) return;
        if (application != _schema.ApplicationId)
            throw new StateFileException(Path, "is a database of another program.", "Move it away, or choose another folder with --state.");
        if (version > _schema.Migrations.Count)
        {
            throw new StateFileException(
                Path, $"has schema version {version}; this program knows versions up to {_schema.Migrations.Count}.",
                "A newer Granary wrote it: run that one, or choose another folder with --state.");
        }

        string verdict = connection.ExecuteScalar<string>("PRAGMA quick_check(1)") ?? "";
        if (verdict != "ok") throw new StateFileException(Path, $"is damaged: {verdict}.", Remedy);
    }

    private void Migrate(SqliteConnection connection)
    {
        int version = (int)connection.ExecuteScalar<long>("PRAGMA user_version");
        for (; version < _schema.Migrations.Count; version++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            string stamp = string.Create(CultureInfo.InvariantCulture,
                $"PRAGMA application_id={_schema.ApplicationId}; PRAGMA user_version={version + 1};");
            connection.Execute(_schema.Migrations[version] + stamp, transaction: transaction);
            transaction.Commit();
        }
    }
}
