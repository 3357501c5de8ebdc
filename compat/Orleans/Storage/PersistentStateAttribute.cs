namespace Orleans.Runtime;

/// <summary>The constructor parameter is the grain's state of that name.</summary>
/// <param name="stateName">The state's name in the storage.</param>
/// <param name="storageName">The storage; the default one when null.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    /// <summary>The state's name in the storage.</summary>
    public string StateName { get; } = stateName;

    /// <summary>The storage; the default one when null.</summary>
    public string? StorageName { get; } = storageName;
}
