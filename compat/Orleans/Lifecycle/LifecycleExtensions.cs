using Orleans.Runtime;

namespace Orleans;

/// <summary>Takes part in a lifecycle with delegates.</summary>
public static class LifecycleExtensions
{
    /// <summary>Takes part in a stage's start.</summary>
    /// <param name="observable">The lifecycle.</param>
    /// <param name="observerName">A name for errors.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="onStart">Runs at the start.</param>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable, string observerName, int stage, Func<CancellationToken, Task> onStart) =>
        Subscribe(observable, observerName, stage, onStart, null);

    /// <summary>Takes part in a stage's start and stop.</summary>
    /// <param name="observable">The lifecycle.</param>
    /// <param name="observerName">A name for errors.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="onStart">Runs at the start.</param>
    /// <param name="onStop">Runs at the stop.</param>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable,
        string observerName,
        int stage,
        Func<CancellationToken, Task> onStart,
        Func<CancellationToken, Task>? onStop)
    {
        ArgumentNullException.ThrowIfNull(observable);
        ArgumentNullException.ThrowIfNull(onStart);
        return observable.Subscribe(observerName, stage, new DelegateLifecycleObserver(onStart, onStop));
    }
}
