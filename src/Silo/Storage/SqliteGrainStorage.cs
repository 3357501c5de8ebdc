using System.Globalization;
using System.Text.Json;
using Dapper;
using Granary.Silo.Telemetry;
using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace Granary.Silo.Storage;

/// <summary>
/// Grain states in one SQLite file. An acknowledged write survives the loss of the process and of power. Every write and clear
/// names the ETag that the grain last saw; when another activation was faster, <see cref="InconsistentStateException"/> says so.
/// </summary>
internal sealed class SqliteGrainStorage : IGrainStorage, IAsyncDisposable
{
    private readonly SqliteFile _file;
    private readonly GrainWriteQueue _writes;

    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="time">Its present moment is the floor of new ETags.</param>
    /// <param name="instruments">Is told of writes.</param>
    /// <exception cref="StateFileException">The file cannot be used.</exception>
    public SqliteGrainStorage(string path, TimeProvider time, SiloInstruments instruments)
    {
        _file = new SqliteFile(path, GrainTable.Schema);
        long microseconds = time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
        _writes = new GrainWriteQueue(new GrainTable(_file.OpenWriter(), microseconds), instruments);
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        using SqliteConnection connection = _file.OpenReader();
        Row? row = connection.QuerySingleOrDefault<Row>(
            "SELECT etag, payload FROM grain_state WHERE grain = @grain AND state = @stateName",
            new { grain = grainId.ToString(), stateName });
        grainState.State = row is null ? Activator.CreateInstance<T>() : Parse<T>(stateName, grainId, row.Payload);
        grainState.ETag = TextOf(row?.ETag)!;
        grainState.RecordExists = row is not null;
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        byte[] payload = GrainStateJson.Write(grainState.State);
        grainState.ETag = await WriteAsync(stateName, grainId, payload, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = await WriteAsync(stateName, grainId, payload: null, grainState.ETag);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        _file.Dispose();
    }

    private async Task<string> WriteAsync(string stateName, GrainId grainId, byte[]? payload, string? expected)
    {
        long? number = null;
        if (expected is not null)
            number = long.TryParse(expected, NumberStyles.None, CultureInfo.InvariantCulture, out long known) ? known : long.MinValue;
        GrainWriteOutcome outcome = await _writes.WriteAsync(new GrainWrite(stateName, grainId.ToString(), payload, number));
        return outcome.Written
            ? TextOf(outcome.ETag)!
            : throw new InconsistentStateException(
                $"{grainId} state '{stateName}' was changed by another activation: stored ETag {TextOf(outcome.ETag) ?? "none"}, " +
                $"expected {expected ?? "none"}. Read it again before writing.", TextOf(outcome.ETag)!, expected!);
    }

    private T Parse<T>(string stateName, GrainId grainId, byte[] payload)
    {
        try
        {
            return GrainStateJson.Read<T>(payload);
        }
        catch (JsonException error)
        {
            throw new StateFileException(_file.Path, $"holds a state '{stateName}' of {grainId} that cannot be read: {error.Message}",
                "A newer Granary may have written it: run that one, or restore the file from a backup.", error);
        }
    }

    private static string? TextOf(long? etag) => etag?.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(long ETag, byte[] Payload);
}
