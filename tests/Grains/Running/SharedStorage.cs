using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace Granary.Grains.Tests.Running;

/// <summary>Grain storage that outlives its silo: states as JSON, so that nothing lives on by reference alone.</summary>
internal sealed class SharedStorage : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly ConcurrentDictionary<string, (string Text, string ETag)> _states;
    private long _writes;

    public SharedStorage() : this([])
    {
    }

    private SharedStorage(ConcurrentDictionary<string, (string, string)> states) => _states = states;

    /// <summary>What a silo finds that starts after the power has failed: later writes of the old one do not reach it.</summary>
    public SharedStorage Fork() => new(new ConcurrentDictionary<string, (string, string)>(_states)) { _writes = 1_000_000 };

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!_states.TryGetValue(Key(stateName, grainId), out (string Text, string ETag) stored))
            return Task.CompletedTask;
        grainState.State = JsonSerializer.Deserialize<T>(stored.Text, Json)!;
        grainState.ETag = stored.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string key = Key(stateName, grainId);
        string? current = _states.TryGetValue(key, out (string Text, string ETag) stored) ? stored.ETag : null;
        if (current != grainState.ETag)
            throw new InconsistentStateException($"{key} was written in between.", current, grainState.ETag);
        string etag = Interlocked.Increment(ref _writes).ToString(CultureInfo.InvariantCulture);
        _states[key] = (JsonSerializer.Serialize(grainState.State, Json), etag);
        grainState.ETag = etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove(Key(stateName, grainId), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static string Key(string stateName, GrainId grainId) => $"{stateName}/{grainId}";
}
