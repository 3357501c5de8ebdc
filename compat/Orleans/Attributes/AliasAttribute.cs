namespace Orleans;

/// <summary>The name of a type, interface or method on the wire, independent of its name in source.</summary>
/// <param name="alias">Unique among types; for methods, unique within the interface.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Interface,
    AllowMultiple = true)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>The name.</summary>
    public string Alias { get; } = alias;
}
