namespace Orleans.Concurrency;

/// <summary>Calls of this method start at once, between the turns of any request that is under way.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
