namespace Grpc.Core;

/// <summary>What of a server call passes on to the calls it makes itself.</summary>
public class ContextPropagationOptions
{
    /// <summary>Both deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Makes options.</summary>
    /// <param name="propagateDeadline">Whether the deadline passes on.</param>
    /// <param name="propagateCancellation">Whether cancellation passes on.</param>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>Whether the deadline passes on.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Whether cancellation passes on.</summary>
    public bool IsPropagateCancellation { get; }
}
