namespace Orleans.Concurrency;

/// <summary>The caller does not wait: the call returns when the message is on its way, and the callee's exceptions are dropped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
