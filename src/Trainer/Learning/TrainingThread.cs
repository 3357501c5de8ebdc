using System.Runtime.ExceptionServices;

namespace Granary.Trainer.Learning;

/// <summary>
/// The one thread that touches tensors. Dispose scopes and the grad mode are thread-static and do not follow <c>await</c>, so the
/// training loop is plain synchronous code on a thread of its own, and what must be awaited (collectives, uploads, reports) is handed
/// to the thread pool with <see cref="Await{T}"/> while this thread sleeps. Nothing that runs on the pool ever needs this thread, so
/// the hand-off cannot deadlock.
/// </summary>
internal static class TrainingThread
{
    /// <summary>Runs <paramref name="body"/> on a new thread; the task ends as the body does.</summary>
    /// <param name="name">The thread's name, for debuggers and stack dumps.</param>
    /// <param name="body">The synchronous work.</param>
    public static Task<T> RunAsync<T>(string name, Func<T> body)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Complete(completion, body)) { Name = name, IsBackground = true };
        thread.Start();
        return completion.Task;
    }

    /// <summary>Starts <paramref name="work"/> on the thread pool and sleeps until it has ended; its exception is thrown here.</summary>
    /// <param name="work">Asynchronous work that observes the run's cancellation token itself: that is what bounds the wait.</param>
    public static T Await<T>(Func<Task<T>> work)
    {
        using var ended = new ManualResetEventSlim();
        T result = default!;
        ExceptionDispatchInfo? error = null;
        _ = Task.Run(RunAndSignalAsync, CancellationToken.None);
        ended.Wait(CancellationToken.None);
        error?.Throw();
        return result;

        async Task RunAndSignalAsync()
        {
            try
            {
                result = await work();
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                ended.Set();
            }
        }
    }

    /// <inheritdoc cref="Await{T}"/>
    public static void Await(Func<Task> work) =>
        Await(async () =>
        {
            await work();
            return true;
        });

    private static void Complete<T>(TaskCompletionSource<T> completion, Func<T> body)
    {
        try
        {
            completion.SetResult(body());
        }
        catch (OperationCanceledException exception)
        {
            completion.SetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            completion.SetException(exception);
        }
    }
}
