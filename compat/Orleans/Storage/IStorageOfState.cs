namespace Orleans.Core;

/// <summary>A stored record of one type.</summary>
/// <typeparam name="TState">The type.</typeparam>
public interface IStorage<TState> : IStorage
{
    /// <summary>The record's content; never null where the type has a parameterless constructor.</summary>
    TState State { get; set; }
}
