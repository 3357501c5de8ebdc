using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The dispose scopes of one thread, innermost first.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? Instance;

    private readonly Stack<List<IDisposable?>> _spareLists = new();

    internal static DisposeScopeManager ThreadSingleton => Instance ??= new DisposeScopeManager();

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    internal static void Register(Tensor tensor) => Instance?.CurrentDisposeScope?.Add(tensor);

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this, CurrentDisposeScope);

    // A training step opens the same scopes again and again: their lists are kept.
    internal List<IDisposable?> RentList() => _spareLists.TryPop(out List<IDisposable?>? list) ? list : new List<IDisposable?>(64);

    internal void Close(DisposeScope scope, List<IDisposable?> list)
    {
        if (_spareLists.Count < 8) _spareLists.Push(list);
        if (ReferenceEquals(CurrentDisposeScope, scope))
        {
            CurrentDisposeScope = scope.OuterScope;
            return;
        }

        for (DisposeScope? inner = CurrentDisposeScope; inner is not null; inner = inner.OuterScope)
        {
            if (!ReferenceEquals(inner.OuterScope, scope)) continue;
            inner.OuterScope = scope.OuterScope;
            return;
        }
    }
}
