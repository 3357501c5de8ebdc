using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A grain's state in a storage, injected through <see cref="PersistentStateAttribute"/> and read at activation.</summary>
/// <typeparam name="TState">The state's type.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>;
