namespace Orleans.Runtime;

internal delegate IAsyncEnumerable<TItem> EnumerableInvoker<TArgs, TItem>(object target, ref TArgs args);
