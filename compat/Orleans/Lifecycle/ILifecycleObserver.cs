namespace Orleans;

/// <summary>Takes part in a lifecycle.</summary>
public interface ILifecycleObserver
{
    /// <summary>Starts. A failure ends the start of the whole.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task OnStart(CancellationToken cancellationToken = default);

    /// <summary>Stops; called only after a start.</summary>
    /// <param name="cancellationToken">Hurries.</param>
    Task OnStop(CancellationToken cancellationToken = default);
}
