namespace Orleans;

/// <summary>The type can travel in calls and in grain state; its members marked with <see cref="IdAttribute"/> do.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether a record's primary constructor parameters travel without an <see cref="IdAttribute"/>; true for records by default.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; } = true;
}
