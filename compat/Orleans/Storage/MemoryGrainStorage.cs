using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>Keeps states in this process until it ends. What a grain holds and what is kept never share objects.</summary>
internal sealed class MemoryGrainStorage(string name) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = new();
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        if (_records.TryGetValue((stateName, grainId), out var record))
        {
            grainState.State = Copy((T)record.State!);
            grainState.ETag = record.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = (stateName, grainId);
        var written = new Record(Copy(grainState.State), Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture));
        bool isCurrent = _records.TryGetValue(key, out var stored)
            ? stored.ETag == grainState.ETag && _records.TryUpdate(key, written, stored)
            : grainState.ETag is null && _records.TryAdd(key, written);
        if (!isCurrent)
            return Task.FromException(Stale("write", key, grainState.ETag));
        grainState.ETag = written.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = (stateName, grainId);
        bool isCurrent = _records.TryGetValue(key, out var stored)
            ? stored.ETag == grainState.ETag && _records.TryRemove(new(key, stored))
            : grainState.ETag is null;
        if (!isCurrent)
            return Task.FromException(Stale("clear", key, grainState.ETag));
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    // States need no serializer of their own here, as upstream's memory storage writes JSON.
    private static T Copy<T>(T state)
    {
        try
        {
            var codec = Codecs.Get<T>();
            return state is null || codec.IsImmutable ? state : codec.Copy(state);
        }
        catch (CodecNotFoundException)
        {
            return JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(state))!;
        }
    }

    private InconsistentStateException Stale(string verb, (string State, GrainId Grain) key, string? current) => new(
        $"Cannot {verb} state {key.State} of {key.Grain} in storage {name}: it has been written since it was read. Read it again.",
        _records.GetValueOrDefault(key)?.ETag,
        current);

    private sealed record Record(object? State, string ETag);
}
