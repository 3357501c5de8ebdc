using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class implements; <see cref="Grain"/> does it for most.</summary>
public interface IGrainBase
{
    /// <summary>The activation this instance belongs to.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call of an activation. When it fails, the calls that wait fail with its exception.</summary>
    /// <param name="token">Signalled when activation takes too long or the silo stops.</param>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call of an activation; not when the process is killed.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="token">Signalled when deactivation takes too long.</param>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
