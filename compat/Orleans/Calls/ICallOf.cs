namespace Orleans.Runtime;

/// <summary>The typed side of a call.</summary>
internal interface ICallOf<TArgs, TResult>
    where TArgs : struct
{
    MethodDescriptor<TArgs, TResult> Descriptor { get; }

    ref TArgs Arguments { get; }

    void Complete(TResult result);
}
