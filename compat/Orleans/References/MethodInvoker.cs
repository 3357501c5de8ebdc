namespace Orleans.Runtime;

/// <summary>Calls a method of <paramref name="target"/> with the tuple of its arguments.</summary>
internal delegate ValueTask<TResult> MethodInvoker<TArgs, TResult>(object target, ref TArgs args);
