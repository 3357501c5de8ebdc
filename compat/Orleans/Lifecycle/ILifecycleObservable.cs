namespace Orleans;

/// <summary>Something that starts and stops in stages: lower stages start first and stop last.</summary>
public interface ILifecycleObservable
{
    /// <summary>Takes part in a stage.</summary>
    /// <param name="observerName">A name for errors.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="observer">What runs.</param>
    /// <returns>Ends the part when disposed of.</returns>
    IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
}
