using Orleans.Core;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain with one persistent state, read at activation. The storage is <c>Default</c>'s.</summary>
/// <typeparam name="TGrainState">The state's type.</typeparam>
public class Grain<TGrainState> : Grain
{
    private readonly IStorage<TGrainState> _storage;

    /// <summary>The state lives in the default storage.</summary>
    protected Grain() => _storage = PersistentStateFactory.ForGrainOfState<TGrainState>((Activation)GrainContext, GetType());

    /// <summary>The state lives in a given storage.</summary>
    /// <param name="storage">The storage.</param>
    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    /// <summary>The state.</summary>
    protected TGrainState State
    {
        get => _storage.State;
        set => _storage.State = value;
    }

    /// <summary>Takes the state out of the storage.</summary>
    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

    /// <summary>Reads the state from the storage.</summary>
    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();

    /// <summary>Writes the state to the storage.</summary>
    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();
}
