namespace TorchSharp.Utils;

/// <summary>The name a field has as part of a module, in place of its own.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }
}
