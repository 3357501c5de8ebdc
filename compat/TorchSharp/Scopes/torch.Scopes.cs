namespace TorchSharp;

public static partial class torch
{
    /// <summary>Opens a scope on this thread that owns the tensors made until it is disposed.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>The innermost open scope of this thread, or null.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.CurrentDisposeScope;

    /// <summary>Runs a computation in its own scope: only its result outlives it, in the scope around it.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
