using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain classes. One instance per activation; its code never runs on two threads at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation _activation;

    /// <summary>Belongs to the activation that is being made.</summary>
    protected Grain()
        : this(RuntimeContext.Current
            ?? throw new InvalidOperationException("A grain is made by the runtime only: get a reference from IGrainFactory.GetGrain instead."))
    {
    }

    /// <summary>Belongs to a given activation.</summary>
    /// <param name="grainContext">The activation.</param>
    protected Grain(IGrainContext grainContext) => _activation = (Activation)grainContext;

    /// <summary>The activation this instance belongs to.</summary>
    public IGrainContext GrainContext => _activation;

    /// <summary>A reference to this grain.</summary>
    public GrainReference GrainReference => _activation.GrainReference;

    /// <summary>The text of the grain's identity.</summary>
    public string IdentityString => _activation.GrainId.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => _activation.Silo.Factory;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => _activation.ActivationServices;

    /// <summary>Runs before the first call of an activation.</summary>
    /// <param name="cancellationToken">Signalled when activation takes too long or the silo stops.</param>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call of an activation; not when the process is killed.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="cancellationToken">Signalled when deactivation takes too long.</param>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation once the requests under way have ended; the next call makes a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation from being collected as idle.</summary>
    /// <param name="timeSpan">For how long from now; <see cref="Timeout.InfiniteTimeSpan"/> for ever, negative to take it back.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => _activation.DelayDeactivation(timeSpan);
}
