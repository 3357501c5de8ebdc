namespace Orleans.Runtime;

/// <summary>One activation of a grain, as its own code and the runtime see it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object; null until it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The activation's identity.</summary>
    ActivationId ActivationId { get; }

    /// <summary>The services of this activation, disposed of at its end.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>The activation's lifecycle: what runs at activation and, in reverse, at deactivation.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Done when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation once the requests under way have ended. Returns at once.</summary>
    /// <param name="deactivationReason">Why.</param>
    /// <param name="cancellationToken">Hurries the deactivation when signalled.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
