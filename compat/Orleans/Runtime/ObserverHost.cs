namespace Orleans.Runtime;

/// <summary>One observer and the calls that wait for it.</summary>
internal sealed class ObserverHost(IGrainObserver target)
{
    private readonly WeakReference<IGrainObserver> _target = new(target);
    private readonly Queue<Call> _waiting = new();
    private bool _running;

    /// <summary>Queues a call; false when the object is gone.</summary>
    public bool TryReceive(Call call)
    {
        if (!_target.TryGetTarget(out var observer))
            return false;
        if (call.AlwaysInterleave)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.call.RunAsync(state.observer, null), (call, observer), preferLocal: true);
            return true;
        }

        lock (_waiting)
        {
            _waiting.Enqueue(call);
            if (_running)
                return true;
            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static host => _ = host.RunAsync(), this, preferLocal: true);
        return true;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            Call? call;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out call))
                {
                    _running = false;
                    return;
                }
            }

            if (_target.TryGetTarget(out var observer))
                await call.RunAsync(observer, null).ConfigureAwait(false);
            else
                call.Fail(new OrleansMessageRejectionException($"Observer {call.Target} is gone: its object was collected as garbage."));
        }
    }
}
