namespace Orleans.Concurrency;

/// <summary>All calls of this grain class may interleave at awaits; turns still never run in parallel.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
