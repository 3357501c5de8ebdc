namespace Orleans.Concurrency;

/// <summary>Calls of this method change nothing and may interleave with each other, though not with other calls.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
