using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A grain's state: read before the grain's own activation.</summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>
{
    private readonly Activation _activation;
    private readonly string _name;
    private readonly IGrainStorage _storage;
    private readonly GrainState<TState> _record = new(NewState());

    public PersistentState(Activation activation, string name, IGrainStorage storage)
    {
        _activation = activation;
        _name = name;
        _storage = storage;
        activation.Lifecycle.Subscribe($"state {name}", GrainLifecycleStage.SetupState, ReadStateAsync);
    }

    public TState State
    {
        get => _record.State;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _storage.ReadStateAsync(_name, _activation.GrainId, _record).ConfigureAwait(true);
        if (!_record.RecordExists || _record.State is null)
            _record.State = NewState();
    }

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? Task.FromCanceled(cancellationToken)
        : _storage.WriteStateAsync(_name, _activation.GrainId, _record);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _storage.ClearStateAsync(_name, _activation.GrainId, _record).ConfigureAwait(true);
        _record.State = NewState();
        _record.RecordExists = false;
    }

    // A state without a parameterless constructor starts with its members unset, as records do upstream.
    private static TState NewState()
    {
        if (typeof(TState).IsValueType || typeof(TState) == typeof(string) || typeof(TState).IsAbstract || typeof(TState).IsArray)
            return default!;
        var constructor = typeof(TState).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []);
        return (TState)(constructor?.Invoke([]) ?? RuntimeHelpers.GetUninitializedObject(typeof(TState)));
    }
}
