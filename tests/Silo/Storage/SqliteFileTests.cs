using Dapper;
using Granary.Silo.Storage;
using Microsoft.Data.Sqlite;

namespace Granary.Silo.Tests.Storage;

public sealed class SqliteFileTests : IDisposable
{
    private static readonly SqliteSchema Schema = new(42, "nothing is lost", Durable: true, ["CREATE TABLE a (x);", "CREATE TABLE b (y);"]);

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("test.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_ANewFile_RunsEveryMigrationAndWaitsForTheDisk()
    {
        using var file = new SqliteFile(Database, Schema);
        using SqliteConnection connection = file.OpenWriter();

        Assert.Equal(2, connection.ExecuteScalar<long>("PRAGMA user_version"));
        Assert.Equal(["a", "b"], connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));
        Assert.Equal("wal", connection.ExecuteScalar<string>("PRAGMA journal_mode"));
        // 2 is FULL, https://www.sqlite.org/pragma.html#pragma_synchronous
        Assert.Equal(2, connection.ExecuteScalar<long>("PRAGMA synchronous"));
    }

    [Fact]
    public void Open_AnOlderSchema_RunsTheMissingMigrationsOnly()
    {
        using (var old = new SqliteFile(Database, Schema with { Migrations = ["CREATE TABLE a (x);"] }))
        using (SqliteConnection connection = old.OpenWriter()) connection.Execute("INSERT INTO a VALUES (7)");

        using var file = new SqliteFile(Database, Schema);
        using SqliteConnection reader = file.OpenReader();

        Assert.Equal(7, reader.ExecuteScalar<long>("SELECT x FROM a"));
        Assert.Equal(0, reader.ExecuteScalar<long>("SELECT count(*) FROM b"));
    }

    [Fact]
    public void Open_ANewerSchema_SaysWhichProgramToRun()
    {
        new SqliteFile(Database, Schema).Dispose();

        var error = Assert.Throws<StateFileException>(() => new SqliteFile(Database, Schema with { Migrations = ["CREATE TABLE a (x);"] }));

        Assert.Contains(Database, error.Message, StringComparison.Ordinal);
        Assert.Contains("schema version 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer Granary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ADatabaseOfAnotherProgram_LeavesItAlone()
    {
        using (var foreign = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            foreign.Open();
            foreign.Execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1);");
        }

        byte[] before = File.ReadAllBytes(Database);
        var error = Assert.Throws<StateFileException>(() => new SqliteFile(Database, Schema));

        Assert.Contains("another program", error.Message, StringComparison.Ordinal);
        using var reader = new SqliteConnection($"Data Source={Database};Pooling=false");
        reader.Open();
        Assert.Equal(["theirs"], reader.Query<string>("SELECT name FROM sqlite_master"));
        Assert.NotEmpty(before);
    }

    [Fact]
    public void Open_AFileThatIsNoDatabase_NamesItAndTheRemedy()
    {
        File.WriteAllText(Database, string.Concat(Enumerable.Repeat("this is not a database ", 100)));

        var error = Assert.Throws<StateFileException>(() => new SqliteFile(Database, Schema));

        Assert.Contains(Database, error.Message, StringComparison.Ordinal);
        Assert.Contains("move it and its -wal and -shm files away; then nothing is lost", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ADamagedFile_NamesItAndTheRemedy()
    {
        using (var file = new SqliteFile(Database, Schema))
        using (SqliteConnection connection = file.OpenWriter())
        {
            for (int i = 0; i < 2_000; i++) connection.Execute("INSERT INTO a VALUES (@text)", new { text = new string('x', 200) });
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using (FileStream raw = File.OpenWrite(Database))
        {
            raw.Position = 8_192;
            raw.Write(new byte[65_536]);
        }

        var error = Assert.Throws<StateFileException>(() => new SqliteFile(Database, Schema));

        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains("Restore it from a backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_InAFolderThatIsNotThere_SaysSo()
    {
        var error = Assert.Throws<StateFileException>(() => new SqliteFile(_folder.File("no/such/folder/test.db"), Schema));

        Assert.Contains("cannot be opened", error.Message, StringComparison.Ordinal);
    }
}
