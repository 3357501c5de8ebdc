namespace Orleans.Runtime;

/// <summary>A request with its arguments, on its way to a grain or an observer.</summary>
internal abstract class Call(GrainId target, RequestContextData? context)
{
    public GrainId Target { get; } = target;

    public RequestContextData? Context { get; } = context;

    /// <summary>What is called, in messages.</summary>
    public abstract string Name { get; }

    public abstract bool AlwaysInterleave { get; }

    public abstract bool ReadOnly { get; }

    /// <summary>Whether the call counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Whether another activation may take the call when this one has ended.</summary>
    public virtual bool MovesOn => true;

    /// <summary>Whether nobody waits for the answer any more.</summary>
    public abstract bool IsAbandoned { get; }

    /// <summary>Runs the method and answers; never throws.</summary>
    /// <param name="instance">The grain or observer.</param>
    /// <param name="activation">The grain's activation; null for an observer.</param>
    public abstract Task RunAsync(object instance, Activation? activation);

    /// <summary>Answers with an exception.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>The call as seen in a message.</summary>
    public override string ToString() => $"{Name} to {Target}";
}
